import type { ExitCode, ExitCodeName } from "../errors";
import type { VariableName } from "./paths";
import type { Ui } from "./ui";

/** An option; `flagOf` its key is its flag. */
export interface OptionDefinition {
  readonly description: string;
  /** Such as `<number>`, or `[file]` if the value can be left out. Without it the option is a switch. */
  readonly value?: `<${string}>` | `[${string}]`;
  /**
   * @param previous What the option gave before, if it is given several times.
   * @throws InputError if the value cannot be used.
   */
  readonly parse?: (text: string, previous?: unknown) => unknown;
}

type Options = Readonly<Record<string, OptionDefinition>>;

type ValueOf<Option> = Option extends { parse: (text: string, previous?: unknown) => infer Value }
  ? Value | undefined
  : Option extends { value: `<${string}>` }
    ? string | undefined
    : Option extends { value: `[${string}]` }
      ? string | true | undefined
      : boolean | undefined;

/** What a command works with. */
export interface CommandContext<O extends Options = Options> {
  /** A command may change it for the programs that it starts. */
  readonly env: NodeJS.ProcessEnv;
  readonly ui: Ui;
  /** The arguments, in their order. */
  readonly args: readonly (string | undefined)[];
  readonly options: { readonly [Name in keyof O]: ValueOf<O[Name]> };
  /** Every command, for one that writes about them. */
  readonly commands: Commands;
}

/** A command as data: the parser, the help and docs/commands.md follow from it. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** More about it, if the summary is not enough. */
  readonly description?: string;
  /** The npm script that runs the same command. */
  readonly script?: string;
  /** Such as `<service>`, or `[folder]` if it can be left out. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly options?: O;
  /** What --json prints. */
  readonly json: string;
  readonly variables?: readonly VariableName[];
  /** What exit codes mean here, if more than the usual is to be said; 0 and 2 exist always. */
  readonly exitCodes?: Readonly<Partial<Record<ExitCodeName, string>>>;
  readonly examples?: readonly string[];
  /** @returns an exit code if the result is bad; an error that is thrown has its own. */
  run(context: CommandContext<O>): Promise<void> | Promise<ExitCode>;
}

/** Commands under one name. */
export interface CommandGroup extends Pick<Command, "name" | "summary" | "description" | "script"> {
  /** The group's name alone runs the first. */
  readonly commands: readonly Command[];
}

export type Commands = readonly (Command | CommandGroup)[];

/** `stateBucket` is `--state-bucket`. */
export const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The option `acceptState` of every command that changes stacks. */
export const ACCEPT_STATE = {
  description: "goes on although the state bucket holds a state of another system",
} as const;

/** Gives a command's options their types. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command => command;
