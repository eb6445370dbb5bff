const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** What cdktf notes of where a block came from: the one thing that may differ. */
const METADATA = "//";

/** Where two values differ, as paths; keys that hold metadata aside. */
export function differences(ours: unknown, plain: unknown, path: readonly string[] = []): string[] {
  if (!isObject(ours) || !isObject(plain)) return Object.is(ours, plain) ? [] : [path.join(".")];
  const keys = new Set([...Object.keys(ours), ...Object.keys(plain)]);
  keys.delete(METADATA);
  return [...keys].flatMap((key) => differences(ours[key], plain[key], [...path, key]));
}
