import { Command as Program, Option, type CommanderError } from "commander";
import { InputError } from "../errors";
import { packageJson } from "../process/package-file";
import { flagOf, type Command, type CommandContext, type CommandGroup, type Commands } from "./command";
import { descriptionOf, furtherHelp } from "./help/text";

/** Runs a command whose arguments were parsed. */
export type Execute = (command: Command, parsed: Pick<CommandContext, "args" | "options">) => Promise<void>;

/** The help is the same on every terminal, because docs/commands.md contains it. */
const HELP_COLUMNS = 100;

/**
 * The parser of the command line. Parsing throws an InputError for bad usage, and a CommanderError after
 * the help or the version was printed.
 */
export function programOf(commands: Commands, execute: Execute, print: (text: string) => void): Program {
  const program = new Program("codeseries")
    .description("Multi-account ECS blue/green delivery on AWS, from codeseries.yaml")
    .version(packageJson().version)
    .option("--json", "print the result as JSON, on standard output")
    .option("--quiet", "no progress messages, and no warnings about the configuration")
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
  for (const command of commands) add(program, command, execute);
  return program;
}

/** @param defaultOf The group whose name alone runs the command. */
function add(parent: Program, one: Command | CommandGroup, execute: Execute, defaultOf?: CommandGroup): void {
  const program = parent
    .command(one.name, { isDefault: defaultOf !== undefined })
    .summary(one.summary)
    .description(descriptionOf(one))
    .addHelpText("after", `\n${furtherHelp(one)}`);
  program.exitOverride(endOf(program, defaultOf));
  if ("commands" in one) {
    one.commands.forEach((command, index) => {
      add(program, command, execute, index === 0 ? one : undefined);
    });
    return;
  }
  for (const [name, description] of Object.entries(one.arguments ?? {})) program.argument(name, description);
  for (const [name, { description, parse, value }] of Object.entries(one.options ?? {})) {
    const option = new Option([flagOf(name), value].join(" ").trimEnd(), description);
    program.addOption(parse ? option.argParser(parse) : option);
  }
  program.action(() => execute(one, { args: program.args, options: program.opts() }));
}

/** Turns commander's end of a command into an error with the command to run next. */
const endOf = (program: Program, defaultOf?: CommandGroup) => (error: CommanderError) => {
  if (error.exitCode === 0) throw error;
  // There is no command to run.
  if (error.code === "commander.help") program.help();
  const [argument = ""] = program.args;
  const { parent } = program;
  // A default command receives the name of an unknown one as an argument.
  if (defaultOf && error.code === "commander.excessArguments" && parent?.args[0] === argument)
    refuse(parent, defaultOf, argument);
  throw usageError(program, error.message);
};

const usageError = (program: Program, message: string) =>
  new InputError(message.replace(/^error: /, ""), `to see the usage: npx ${pathOf(program)} --help`);

/** Such as `codeseries local up`. */
export const pathOf = (program: Program): string =>
  program.parent ? `${pathOf(program.parent)} ${program.name()}` : program.name();

/** Without a default, commander says itself that a command is unknown, and which one is similar. */
function refuse(program: Program, group: CommandGroup, name: string): void {
  const strict = new Program().configureOutput({ writeErr: () => undefined });
  strict.exitOverride(({ message }) => {
    throw usageError(program, message);
  });
  for (const command of group.commands) strict.command(command.name);
  strict.parse([name], { from: "user" });
}
