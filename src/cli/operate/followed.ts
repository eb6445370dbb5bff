import { ExitCode, InputError } from "../../errors";
import { follow, type Outcome, type Seen } from "../../operate/follow/follow";
import type { Ui } from "../ui";

const MAX_MINUTES = 20_160;

/** Options of commands that can wait for the end of a release. */
export const WAITING = {
  timeout: {
    value: "<minutes>",
    description: "when waiting ends; if left out, it is made of the waits that are configured",
    parse: (text: string): number => {
      const minutes = Number(text);
      if (!/^\d+$/.test(text) || minutes < 1 || minutes > MAX_MINUTES)
        throw new InputError(`--timeout: expected minutes from 1 to ${MAX_MINUTES}, got "${text}"`);
      return minutes;
    },
  },
} as const;

export const WAIT = {
  wait: { description: "waits until the release has ended" },
  ...WAITING,
} as const;

/** Of every command that waits. */
export const WAITING_EXIT_CODES = {
  done: "it succeeded",
  failed: "it failed, and was not rolled back; or AWS cannot be read",
  rolledBack: "it failed, and was rolled back",
  timedOut: "it has not ended in time",
} as const;

const CODES = {
  succeeded: ExitCode.done,
  rolledBack: ExitCode.rolledBack,
  failed: ExitCode.failed,
  superseded: ExitCode.failed,
  timedOut: ExitCode.timedOut,
} as const satisfies Record<Outcome["result"], ExitCode>;

/** Follows a release to its end, with a line for each step, and prints how it ended. */
export async function followed(
  ui: Ui,
  look: () => Promise<Seen | Outcome>,
  { minutes, timeout }: { readonly minutes: number; readonly timeout?: number },
): Promise<ExitCode> {
  const outcome = await follow(look, {
    minutes: timeout ?? minutes,
    strict: timeout !== undefined,
    onStep: (step) => {
      ui.note(step);
    },
  });
  ui.result(outcome.text, outcome);
  return CODES[outcome.result];
}
