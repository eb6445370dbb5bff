import { ExitCode, type ExitCodeName } from "../../errors";
import type { Command, CommandGroup } from "../command";
import { VARIABLES } from "../paths";

/** Names, each with its meaning, in two columns. */
export function rows(named: readonly (readonly [name: string, meaning: string])[]): string {
  const width = Math.max(...named.map(([name]) => name.length));
  return named.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`).join("\n");
}

const EXIT_CODES = Object.entries(ExitCode) as [ExitCodeName, ExitCode][];

/** `bad input` for `badInput`. */
const words = (name: string) => name.replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`);

/** Exit codes with their meanings: those that are given, or else what their names say. */
export const exitCodesText = (meanings: Command["exitCodes"] = {}, names = Object.keys(ExitCode)) =>
  EXIT_CODES.filter(([name]) => names.includes(name))
    .map(([name, code]) => `${code} ${meanings[name] ?? words(name)}`)
    .join(", ");

/** Lines of a paragraph are joined, because commander wraps it; indented lines stay. */
export const descriptionOf = ({ description, summary }: Command | CommandGroup) =>
  description?.replaceAll(/(?<!\n)\n(?![\n ])/g, " ") ??
  `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

/** The parts of a command's help that commander does not know. */
export function furtherHelp(one: Command | CommandGroup): string {
  const same = one.script && `The same in this repository: ${one.script}`;
  if ("commands" in one) return same ?? "";
  const { examples, exitCodes = {}, json, variables } = one;
  // Every command has the first three.
  const codes = ["done", "failed", "badInput", ...Object.keys(exitCodes)];
  return [
    `Result with --json:\n  ${json}`,
    variables && `Environment:\n${rows(variables.map((name) => [name, VARIABLES[name]]))}`,
    examples && ["Examples:", ...examples].join("\n  "),
    `Exit codes: ${exitCodesText(exitCodes, codes)}`,
    same,
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}
