import { ExitCode, type ExitCodeName } from "../errors";
import type { Command, CommandGroup } from "./command";
import { VARIABLES } from "./paths";

/** Names, each with its meaning. */
export type Rows = Readonly<Record<string, string>>;

/** A title with aligned rows below it. */
export function section(title: string, rows: Rows): string {
  const width = Math.max(...Object.keys(rows).map(({ length }) => length));
  return [title, ...Object.entries(rows).map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join(
    "\n",
  );
}

/** Exit codes with what their names say, such as `bad input`. */
export const EXIT_CODES: readonly (readonly [name: ExitCodeName, code: ExitCode, meaning: string])[] =
  Object.entries(ExitCode).map(([name, code]) => [
    name as ExitCodeName,
    code,
    name.replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`),
  ]);

/** Lines of a paragraph are joined, because commander wraps it; indented lines stay. */
export const descriptionOf = ({ description, summary }: Command | CommandGroup) =>
  description?.replaceAll(/(?<!\n)\n(?![\n ])/g, " ") ??
  `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

/** Every command has these. */
const ALWAYS: readonly ExitCodeName[] = ["done", "failed", "badInput"];

/** The parts of a command's help that commander does not know. */
export function furtherHelp({ examples, exitCodes = {}, json, script, variables }: Command): string {
  const codes = EXIT_CODES.filter(([name]) => ALWAYS.includes(name) || name in exitCodes);
  return [
    `Result with --json:\n  ${json}`,
    variables &&
      section("Environment:", Object.fromEntries(variables.map((name) => [name, VARIABLES[name]]))),
    examples && ["Examples:", ...examples].join("\n  "),
    `Exit codes: ${codes.map(([name, code, meaning]) => `${code} ${exitCodes[name] ?? meaning}`).join(", ")}`,
    script && `The same in this repository: ${script}`,
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}
