type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** What a signal's sample is in a response: numbers and truth values are no texts there. */
const valueOf = (sample: string): unknown => {
  if (/^\d{1,9}$/.test(sample)) return Number(sample);
  if (/^(true|false)$/.test(sample)) return sample === "true";
  return /^\d{4}-\d\d-\d\dT/.test(sample) ? new Date(sample) : sample;
};

/** A response with a value at a path, such as `tasks[].containers[].reason`; each list has one element. */
export function responseAt(path: string, sample: string): Tree {
  const [part = "", ...rest] = path.split(".");
  const [, key = "", list, filter] = /^([^[]*)(\[([^\]]*)\])?$/.exec(part) ?? [];
  const inner: unknown = rest.length === 0 ? valueOf(sample) : responseAt(rest.join("."), sample);
  if (list === undefined) return { [key]: inner };
  const [name = "", wanted] = (filter ?? "").split("=");
  return { [key]: [filter ? { ...(inner as Tree), [name]: wanted } : inner] };
}

/** Puts one response over another: objects are merged, and so are the first elements of lists. */
export function merged(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) {
    const [first, ...others] = below as unknown[];
    return [merged(first, (above as unknown[])[0]), ...others];
  }
  if (!isTree(below) || !isTree(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in above ? merged(below[key], above[key]) : below[key]]),
  );
}
