import { isNativeError } from "node:util/types";
import { UnreadableError } from "../access/terraform";
import { ConfigError } from "../config/error";
import { ExitCode, type Output } from "./output";

/** What a user did wrong: the message says it, and no stack trace is shown. */
export class UsageError extends Error {}

/** Runs a command's work, and turns what it throws into words and an exit code. */
export function guarded(output: Output, work: () => ExitCode): ExitCode {
  try {
    return work();
  } catch (error) {
    return said(output, error);
  }
}

/** The same for work that waits. */
export async function guardedAsync(output: Output, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    return said(output, error);
  }
}

/** @throws the error itself, when it is nobody's but ours. */
function said(output: Output, error: unknown): ExitCode {
  if (error instanceof ConfigError || error instanceof UsageError || error instanceof UnreadableError) {
    output.err(error.message);
    return ExitCode.badInput;
  }
  if (isSystemError(error)) {
    output.err(error.message);
    return ExitCode.failed;
  }
  throw error;
}

/** A file or a socket that the system refused: its message names it. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  isNativeError(error) && "syscall" in error && "code" in error;
