import { at, blocksOf, isEmpty, isRecord } from "../plan/values";

/** What one rule of a bucket deletes. */
interface Expiry {
  /** `current`, `older`, or the date at which all is deleted. */
  readonly what: string;
  readonly prefix: string;
  /** The rest of the filter, as JSON; empty: every object with the prefix. */
  readonly filter: string;
  readonly days: number;
  /** So many older versions are kept. */
  readonly kept: number;
}

function expiriesOf(rule: unknown): readonly Expiry[] {
  const { prefix: inFilter, ...rest } = blocksOf(at(rule, "filter"))[0] ?? {};
  const { prefix: outside, status } = isRecord(rule) ? rule : {};
  if (status === "Disabled") return [];
  const [prefix = ""] = [inFilter, outside].filter((one): one is string => typeof one === "string");
  const set = Object.entries(rest).filter(([, value]) => !isEmpty(value) && value !== 0);
  const scope = { prefix, filter: set.length > 0 ? JSON.stringify(set.sort()) : "" };
  const [current, older] = [at(rule, "expiration.0"), at(rule, "noncurrent_version_expiration.0")];
  const [days, date] = [Number(at(current, "days") ?? 0), at(current, "date")];
  return [
    ...(days > 0 ? [{ ...scope, what: "current", days, kept: 0 }] : []),
    ...(typeof date === "string" && date !== "" ? [{ ...scope, what: date, days: 0, kept: 0 }] : []),
    ...(isRecord(older)
      ? [
          {
            ...scope,
            what: "older",
            days: Number(older.noncurrent_days ?? 0),
            kept: Number(older.newer_noncurrent_versions ?? 0),
          },
        ]
      : []),
  ];
}

/** Whether one deletes all that the other deletes, and as early. */
const includes = (outer: Expiry, inner: Expiry) =>
  outer.what === inner.what &&
  inner.prefix.startsWith(outer.prefix) &&
  (outer.filter === "" || outer.filter === inner.filter) &&
  outer.days <= inner.days &&
  outer.kept <= inner.kept;

/** Whether the rules of a bucket delete more than before, or earlier; their ids have no meaning. */
export function expiresMore(before: unknown, after: unknown): boolean {
  const old = blocksOf(before).flatMap(expiriesOf);
  return blocksOf(after)
    .flatMap(expiriesOf)
    .some((one) => !old.some((other) => includes(other, one)));
}
