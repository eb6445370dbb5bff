import type { Command as Program } from "commander";
import type { Command, CommandGroup, Commands } from "../command";
import { exitCodesText, rows } from "./text";
import { VARIABLES } from "../paths";
import { pathOf, programOf } from "../program";
import { filled, readTemplate } from "../template";

/** `local up` and not `up`. */
const leaves = (one: Command | CommandGroup): [name: string, command: Command][] =>
  "commands" in one
    ? one.commands.map((command) => [`${one.name} ${command.name}`, command])
    : [[one.name, one]];

/** The file `help`: its template, with what the definitions of the commands say. */
export function overview(commands: Commands): string {
  const all = commands.flatMap(leaves);
  return filled(readTemplate("help"), {
    commands: rows(all.map(([name, { summary }]) => [`npx codeseries ${name}`, summary])),
    scripts: rows(all.flatMap(([name, { script }]) => (script ? [[script, `codeseries ${name}`]] : []))),
    variables: rows(Object.entries(VARIABLES)),
    exitCodes: exitCodesText(),
  });
}

const programsIn = (program: Program): readonly Program[] =>
  program.commands.length > 0 ? program.commands.flatMap(programsIn) : [program];

/** docs/commands.md: the help of every command. */
export function commandsPage(commands: Commands): string {
  let text = `# Commands

\`npm run schema\` writes this page from the definitions in \`src/cli/commands\`. In this repository the commands run as \`npx codeseries <command>\`.
`;
  const program = programOf(
    commands,
    () => Promise.resolve(),
    (part) => (text += `${part}\n`),
  );
  for (const one of programsIn(program)) {
    text += `\n## ${pathOf(one)}\n\n\`\`\`text\n`;
    one.outputHelp();
    text += "```\n";
  }
  return text;
}
