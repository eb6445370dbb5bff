import { CommanderError } from "commander";
import { asUserError, ExitCode } from "../errors";
import type { Commands } from "./command";
import { commands as allCommands } from "./commands";
import { programOf, type Execute } from "./program";
import { Ui, type Io, type UiOptions } from "./ui";

/**
 * Runs a command of `codeseries` and shows its error, if the user caused it or must act on it.
 *
 * @throws any other error: it is a bug.
 */
export async function runCommand(
  args: readonly string[],
  io: Io,
  commands: Commands = allCommands,
): Promise<ExitCode> {
  let code: ExitCode = ExitCode.done;
  const execute: Execute = async (command, parsed) => {
    code = (await command.run({ env: io.env, ui, commands, ...parsed })) ?? ExitCode.done;
  };
  const program = programOf(commands, execute, (text) => io.stdout.write(`${text}\n`));
  const ui = new Ui(io, () => program.opts<UiOptions>());
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // The help or the version was printed.
    if (error instanceof CommanderError) return ExitCode.done;
    const userError = asUserError(error);
    if (!userError) throw error;
    ui.failure(userError);
    return userError.exitCode;
  } finally {
    ui.clear();
  }
}

/** Runs a command on this process. */
export function main(args: readonly string[]): void {
  // The SDK warns at each start about releases of Node.js that its future versions do not support.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // A reader that closed a pipe or a terminal must not end the command: Terraform must still finish.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    });
  void runCommand(args, process).then((code) => {
    process.exitCode = code;
    // An abandoned request can still be waiting for its answer.
    if (code === ExitCode.interrupted) process.exit();
  });
}
