/** What a key, or an element with a label, is in `a.b[].c` or `list[Label=name].c`. */
function step(values: readonly unknown[], part: string): unknown[] {
  const [, key = "", list, filter] = /^([^[]*)(\[([^\]]*)\])?$/.exec(part) ?? [];
  const found = values.map((value) => (value as Record<string, unknown> | null | undefined)?.[key]);
  if (list === undefined) return found;
  const elements = found.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []));
  if (!filter) return elements;
  const [name = "", wanted] = filter.split("=");
  return elements.filter((one) => (one as Record<string, unknown>)[name] === wanted);
}

const textOf = (value: unknown): string[] => {
  if (value instanceof Date) return [value.toISOString()];
  return ["string", "number", "boolean"].includes(typeof value) ? [String(value)] : [];
};

/** The texts, numbers and truth values at a path of a response, such as `tasks[].containers[].reason`. */
export const valuesAt = (response: unknown, path: string): string[] =>
  path.split(".").reduce<readonly unknown[]>(step, [response]).flatMap(textOf);
