import { createInterface } from "node:readline/promises";
import { InputError, Interrupted } from "../../errors";

export const YES = { description: "does not ask" } as const;

/**
 * Asks on the terminal.
 *
 * @param yes The option of that name.
 * @throws InputError if there is no terminal to ask on.
 */
export async function confirmed(question: string, yes = false): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new InputError(`${question}: expected an answer on a terminal, or --yes`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw new Interrupted("Nothing was answered.");
    throw error;
  } finally {
    terminal.close();
  }
}
