/** A line of output, and the stack that it is of. */
export interface StackLine {
  readonly stack: string;
  readonly text: string;
}

/**
 * Tells whose line it is: cdktf writes the stack's name before the first line of a piece of output, and
 * as many blanks before the lines that follow.
 */
export function stackLines(stacks: readonly string[]): (line: string) => StackLine | undefined {
  let current: string | undefined;
  return (line) => {
    const named = stacks.find((stack) => line === stack || line.startsWith(`${stack}  `));
    current = named ?? current;
    if (current === undefined) return undefined;
    return { stack: current, text: line.slice(current.length).trim() };
  };
}
