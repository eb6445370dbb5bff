import { isNativeError } from "node:util/types";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { UnreadableError } from "../synthesis/unreadable";
import { ConfigError } from "../config/error";
import { Failure, Interrupted } from "../process/failure";
import { ExitCode, type Output } from "./output";

/** What a user did wrong: the message says it, and no stack trace is shown. */
export class UsageError extends Error {}

/** What the surroundings of a command say. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a command's work, and turns what it throws into words and an exit code. */
export function guarded(output: Output, work: () => ExitCode): ExitCode {
  try {
    return work();
  } catch (error) {
    return explained(output, error);
  }
}

/** The same for work that takes its time. */
export async function guardedAsync(output: Output, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    return explained(output, error);
  }
}

/** @throws the error itself, where it is a fault of ours. */
function explained(output: Output, error: unknown): ExitCode {
  const code = exitCodeOf(error);
  if (code === undefined) throw error;
  output.err((error as Error).message);
  return code;
}

const BAD_INPUT = [ConfigError, UsageError, UnreadableError];

function exitCodeOf(error: unknown): ExitCode | undefined {
  if (BAD_INPUT.some((type) => error instanceof type)) return ExitCode.badInput;
  if (error instanceof Interrupted) return ExitCode.interrupted;
  return error instanceof Failure || isSystemError(error) || isServiceError(error)
    ? ExitCode.failed
    : undefined;
}

/** A file or a socket that the system refused: its message names it. */
const isSystemError = (error: unknown) => isNativeError(error) && "syscall" in error && "code" in error;

/** A call that AWS refused, or for which there are no credentials: its message says why. */
const isServiceError = (error: unknown) =>
  isNativeError(error) && ("$metadata" in error || error.name === "CredentialsProviderError");

/**
 * Reads a command's options.
 *
 * @throws UsageError with the command's help, where there is one that it does not know.
 */
export function optionsOf<T extends ParseArgsConfig>(config: T, help: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${help}`);
  }
}
