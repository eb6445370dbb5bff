/**
 * A pattern of a rule as a regular expression: `*` is zero or more characters, `?` is exactly one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function wildcard(pattern: string, flags: "" | "i"): RegExp {
  const source = pattern
    .replace(/\\([*?\\])|[.+^${}()|[\]\\]/g, (found, escaped: string | undefined) => `\\${escaped ?? found}`)
    .replace(/(?<!\\)\*/g, ".*")
    .replace(/(?<!\\)\?/g, ".");
  return new RegExp(`^${source}$`, `s${flags}`);
}
