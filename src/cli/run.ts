import type { Terminal } from "../process/reporter";
import { ExitCode, standardOutput, type Output } from "./output";

type Command = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: Output,
  terminal: Terminal,
) => Promise<ExitCode>;

/** Runs a command on this process: its arguments, its surroundings, its streams, its exit code. */
export function run(command: Command): void {
  // The SDK warns at each start of a Node release that its own future releases will not support.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // A terminal that was closed takes no more words; what is under way has to end well nevertheless.
  process.stderr.on("error", () => undefined);
  void command(process.argv.slice(2), process.env, standardOutput, process.stderr).then((code) => {
    process.exitCode = code;
    // A request that was given up may still wait for its answer; all others may have words under way.
    if (code === ExitCode.interrupted) process.exit();
  });
}
