import type { Command, CommandGroup } from "./command";
import { commands } from "./commands";
import { EXIT_CODES, section, type Rows } from "./help-text";
import { VARIABLES } from "./paths";
import { programOf } from "./program";

const CDKTF: Rows = {
  "npx cdktf synth": "writes the stacks, as codeseries synth does",
  "npx cdktf diff <stack>": "shows what a deployment would change",
  "npx cdktf deploy dev shared": "deploys stacks in the order of their dependencies",
  "npx cdktf destroy dev shared": "destroys stacks in the reverse order",
};

/** What the npm scripts are for that are not commands. */
const SCRIPTS: Rows = {
  "npm run check": "types, lint, formatting, unit tests, synth, permissions",
  "npm test": "the unit tests",
  "npm run test:integration": "the tests that need Terraform and the AWS provider",
  "npm run test:embedded": "the tests that deploy whole systems into embedded AWSs",
  "npm run types": "checks types with tsc",
  "npm run lint": "checks the code with eslint",
  "npm run format": "formats every file with prettier",
  "npm run build": "compiles the package into lib/; npm pack runs it",
  "npm run bench": "measures time and memory of a synthesis",
};

/** `local up` and not `up`. */
const leaves = (one: Command | CommandGroup): [name: string, command: Command][] =>
  "commands" in one
    ? one.commands.map((command) => [`${one.name} ${command.name}`, command])
    : [[one.name, one]];

const allCommands = () => commands.flatMap(leaves);

const page = (parts: readonly string[]) => `${parts.join("\n\n")}\n`;

/** The file `help`. */
export function overview(): string {
  const summaries = allCommands().map(([name, { summary }]) => [`npx codeseries ${name}`, summary]);
  const scripts = allCommands().flatMap(([name, { script }]) =>
    script === undefined ? [] : [[script, `codeseries ${name}`]],
  );
  return page([
    "codeseries: multi-account ECS blue/green delivery on AWS, from codeseries.yaml",
    section(
      "Commands; each has --help, --json, --quiet and --verbose:",
      Object.fromEntries(summaries) as Rows,
    ),
    section("cdktf, for the same stacks:", CDKTF),
    section("The same commands as npm scripts:", Object.fromEntries(scripts) as Rows),
    section("Development:", SCRIPTS),
    section("Environment:", VARIABLES),
    `Exit codes: ${EXIT_CODES.map(([, code, meaning]) => `${code} ${meaning}`).join(", ")}`,
  ]);
}

/** docs/commands.md: the help of every command. */
export function commandsPage(): string {
  let text = "";
  const print = (line: string) => (text += `${line}\n`);
  const helps = allCommands().map(([name]) => {
    text = "";
    const program = programOf({ commands, execute: () => Promise.resolve(), print });
    try {
      program.parse([...name.split(" "), "--help"], { from: "user" });
    } catch {
      // Commander throws after it has printed the help.
    }
    return `## codeseries ${name}\n\n\`\`\`text\n${text}\`\`\``;
  });
  return page([
    "# Commands",
    "`npm run schema` writes this page from the definitions in `src/cli/commands`. In this repository the commands run as `npx codeseries <command>`.",
    ...helps,
  ]);
}
