import { Command as Program, Option, type CommanderError } from "commander";
import { InputError } from "../errors";
import { packageJson } from "../process/package-file";
import type { Command, CommandContext, CommandGroup } from "./command";
import { descriptionOf, furtherHelp } from "./help-text";

type Parsed = Pick<CommandContext, "args" | "options">;

export interface ProgramOptions {
  readonly commands: readonly (Command | CommandGroup)[];
  /** Runs a command whose arguments were parsed. */
  readonly execute: (command: Command, parsed: Parsed) => Promise<void>;
  /** Receives the help and the version. */
  readonly print: (text: string) => void;
}

/** The help is the same on every terminal, because docs/commands.md contains it. */
const HELP_COLUMNS = 100;

/**
 * The parser of the command line. Parsing throws an InputError for bad usage, and a CommanderError after
 * the help or the version was printed.
 */
export function programOf({ commands, execute, print }: ProgramOptions): Program {
  const program = new Program("codeseries")
    .description("Multi-account ECS blue/green delivery on AWS, from codeseries.yaml")
    .version(packageJson().version)
    .option("--json", "print the result as JSON, on standard output")
    .option("--quiet", "no progress messages; results, warnings and errors only")
    .option("--verbose", "more details, on standard error")
    .configureOutput({
      writeOut: (text) => {
        print(text.trimEnd());
      },
      writeErr: () => undefined,
      getOutHelpWidth: () => HELP_COLUMNS,
      getOutHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => command.name() })
    .addHelpText(
      "after",
      "\nEvery command has --help. The results of commands go to standard output, all else to standard error.",
    );
  program.exitOverride(endOf(program));
  for (const command of commands) {
    if ("commands" in command) addGroup(program, command, execute);
    else addCommand(program, command, execute);
  }
  return program;
}

function addGroup(parent: Program, group: CommandGroup, execute: ProgramOptions["execute"]): void {
  const program = parent.command(group.name).summary(group.summary).description(descriptionOf(group));
  program.addHelpText("after", `\nThe same in this repository: ${group.script ?? ""}`);
  program.exitOverride(endOf(program));
  for (const command of group.commands)
    addCommand(program, command, execute, command.name === group.default ? group : undefined);
}

/** @param defaultOf The group whose name alone runs the command. */
function addCommand(
  parent: Program,
  command: Command,
  execute: ProgramOptions["execute"],
  defaultOf?: CommandGroup,
): void {
  const program = parent
    .command(command.name, { isDefault: defaultOf !== undefined })
    .summary(command.summary)
    .description(descriptionOf(command))
    .addHelpText("after", () => `\n${furtherHelp(command)}`);
  for (const [name, description] of Object.entries(command.arguments ?? {}))
    program.argument(name, description);
  for (const [name, { description, parse, value }] of Object.entries(command.options ?? {})) {
    const option = new Option(`--${flagOf(name)}${value === undefined ? "" : ` ${value}`}`, description);
    program.addOption(parse ? option.argParser(parse) : option);
  }
  program.exitOverride(endOf(program, defaultOf));
  program.action(() => execute(command, { args: program.args, options: program.opts() }));
}

const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Turns commander's end of a command into an error with the command to run next. */
const endOf = (program: Program, defaultOf?: CommandGroup) => (error: CommanderError) => {
  if (error.exitCode === 0) throw error;
  // There is no command to run.
  if (error.code === "commander.help") program.help();
  const [argument = ""] = program.args;
  const { parent } = program;
  // A default command receives the name of an unknown one as an argument.
  if (defaultOf && error.code === "commander.excessArguments" && parent?.args[0] === argument)
    throw usageError(parent, unknownCommand(defaultOf, argument));
  throw usageError(program, error.message);
};

const usageError = (program: Program, message: string) =>
  new InputError(message.replace(/^error: /, ""), `to see the usage: ${pathOf(program)} --help`);

const pathOf = (program: Program): string =>
  program.parent ? `${pathOf(program.parent)} ${program.name()}` : program.name();

/** Commander's message about an unknown command, with its suggestion. */
function unknownCommand(group: CommandGroup, name: string): string {
  const program = new Program().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const command of group.commands) program.command(command.name);
  try {
    program.parse([name], { from: "user" });
  } catch (error) {
    return (error as Error).message;
  }
  return `unknown command '${name}'`;
}
