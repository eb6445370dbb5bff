/** A string of a JSON text; a key is one with a colon. */
const STRING = /("(?:[^"\\]|\\.)*")\s*(:?)/g;

/**
 * A key that one object of a JSON text has twice, if any does: `JSON.parse` gives the last, where
 * Terraform makes blocks of both, and AWS may take either.
 */
export function keyTwice(json: string): string | undefined {
  const read = countsOf(keysIn(JSON.parse(json)));
  const keys = [...json.matchAll(STRING)].filter(([, , colon]) => colon === ":");
  const written = countsOf(keys.map(([, key = '""']) => JSON.parse(key) as string));
  return [...written.keys()].find((key) => written.get(key) !== read.get(key));
}

function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(keysIn);
  return Array.isArray(value) ? inner : [...Object.keys(value), ...inner];
}
