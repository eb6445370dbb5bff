/** Long enough for a machine with more to do than it has cores; a quiet one takes a fiftieth of it. */
const LIMIT_MS = 200_000;
const PAUSE_MS = 50;

/**
 * The first answer that is neither false nor empty.
 * @throws Error that names what was awaited, and gives what `said` tells, after {@link LIMIT_MS}.
 */
export async function until<Value>(
  ask: () => Value | Promise<Value>,
  said: () => string = () => "",
): Promise<Exclude<NonNullable<Value>, false>> {
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline;) {
    const answer = await ask();
    if (answer) return answer as Exclude<NonNullable<Value>, false>;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`not after ${LIMIT_MS / 1000} s: ${ask.toString()}\n${said()}`);
}
