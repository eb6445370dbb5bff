/**
 * Whether a pattern of IAM (`*`, `?`) matches everything that another pattern matches. A `*` of the inner
 * pattern is matched only by a `*`, so the answer errs towards no.
 */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || outer === "*") return true;
  if (!hasWildcard(outer)) return false;
  // As for a text: the last * of the outer pattern takes one more character after each mismatch.
  let [o, i, star, resume] = [0, 0, -1, 0];
  while (i < inner.length) {
    const [expected, got] = [outer[o], inner[i]];
    if (expected === "*") [star, resume, o] = [o, i, o + 1];
    else if (expected !== undefined && got !== "*" && (expected === "?" || expected === got))
      [o, i] = [o + 1, i + 1];
    else if (star >= 0) [o, resume, i] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  return /^\**$/.test(outer.slice(o));
}

export const hasWildcard = (pattern: string) => /[*?]/.test(pattern);
