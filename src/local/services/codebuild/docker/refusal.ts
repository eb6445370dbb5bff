/** Ends the command with a sentence on standard error. */
export class Refusal extends Error {
  constructor(
    message: string,
    public readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Docker's exit code of a command line that it does not know. */
const UNKNOWN = 125;

export const notAvailable = (what: string, engine: string) =>
  new Refusal(`docker: ${what} is not available in the embedded AWS with the engine ${engine}`, UNKNOWN);
