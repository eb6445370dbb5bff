/** A line of output, and the stack that it is of. */
export interface StackLine {
  readonly stack: string;
  readonly text: string;
}

/**
 * Tells whose line it is: cdktf writes the stack's name before the first line of a piece of output, and
 * as many blanks before the lines that follow. What else it writes is of no stack.
 */
export function stackLines(stacks: readonly string[]): (line: string) => StackLine | undefined {
  let current: string | undefined;
  return (line) => {
    const named = stacks.find((stack) => line === stack || line.startsWith(`${stack}  `));
    const follows = line === "" || line.startsWith(" ".repeat((current?.length ?? 0) + 2));
    current = named ?? (follows ? current : undefined);
    return current === undefined ? undefined : { stack: current, text: line.slice(current.length).trim() };
  };
}
