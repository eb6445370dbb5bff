/** Something in the stacks that leads away from the chain. */
export interface WiringFault {
  readonly account: string;
  /** Nothing if there is no such resource. */
  readonly stack?: string;
  readonly type: string;
  readonly name: string;
  readonly path: string;
  /** What it must be; nothing if nothing needs what it names. */
  readonly expected?: string;
  /** What it is, or names. */
  readonly got?: string;
}

/** A fault in one line; what was expected in place of what goes below it. */
export function titleOf({ account, expected, got, name, path, stack, type }: WiringFault): string {
  if (stack === undefined) return `account ${account}: there is no ${type} whose ${path} is "${name}"`;
  const place = `stack ${stack}: ${type} "${name}": ${path}`;
  return expected === undefined
    ? `${place} uses ${got ?? ""} where nothing needs it`
    : `${place} is not what it must be`;
}
