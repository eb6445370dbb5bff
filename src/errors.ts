import { isNativeError } from "node:util/types";

/** How a command ends. */
export const ExitCode = {
  done: 0,
  failed: 1,
  badInput: 2,
  dangerous: 3,
  incomplete: 4,
  rolledBack: 5,
  timedOut: 6,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
export type ExitCodeName = keyof typeof ExitCode;

/** An error that the user caused or must act on: no stack trace is shown. Any other error is a bug. */
export class UserError extends Error {
  /**
   * @param message What happened, and what was got.
   * @param next What to do next, such as a command to run. It is printed on a line of its own.
   */
  constructor(
    message: string,
    public readonly next?: string,
    public readonly exitCode: ExitCode = ExitCode.failed,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** A configuration, an option or a file that cannot be used. */
export class InputError extends UserError {
  constructor(message: string, next?: string) {
    super(message, next, ExitCode.badInput);
  }
}

/** A configuration that cannot be used. Its message lists every fault, one on each line. */
export class ConfigError extends InputError {
  constructor(public readonly lines: readonly string[]) {
    super(lines.join("\n"));
  }
}

/** A tool, a service or the system prevents the work. */
export class Failure extends UserError {}

/** Work did not end within its limit of time. */
export class TimedOut extends Failure {
  constructor(message: string, next?: string) {
    super(message, next, ExitCode.timedOut);
  }
}

/** The user ended the command with Ctrl-C or SIGTERM. */
export class Interrupted extends Failure {
  constructor(message: string, next?: string) {
    super(message, next, ExitCode.interrupted);
  }
}

/** The error that a user sees; undefined if it is a bug. */
export function asUserError(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error;
  if (!isNativeError(error)) return undefined;
  // The system refused a file or a socket, which the message names.
  const ofSystem = "syscall" in error && "code" in error;
  // AWS refused a call, or there are no credentials for it.
  const ofService = "$metadata" in error || error.name === "CredentialsProviderError";
  return ofSystem || ofService ? new Failure(error.message) : undefined;
}
