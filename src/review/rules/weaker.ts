import type { Change } from "../plan/change";
import { at, isSame } from "../plan/values";
import type { Finding } from "./rule";

/** A setting that protects, and when it protects less. */
export interface Setting {
  /** The types that have it; absent: any. */
  readonly types?: readonly string[];
  /** Such as `versioning_configuration.0.status`. */
  readonly path: string;
  /** `look`: it is not weaker, but another value, such as another key. */
  weaker(before: unknown, after: unknown): boolean | "look";
  /** What is lost if it gets weaker. */
  readonly lost: string;
  /** Whether the end of the resource is the end of the setting. */
  readonly endsWithResource?: boolean;
  /** The value that AWS takes without the setting, to compare that of a new resource with. @default - not compared */
  readonly withoutIt?: unknown;
}

/** Paths below the first level that are all that matters of their attribute. */
const ONLY = ["versioning_configuration.0.status"];

/** Judges settings that an update, a replacement or a removal changes. */
export const judgeSettings =
  (settings: readonly Setting[]) =>
  (change: Change): readonly Finding[] =>
    settings
      .filter(({ types }) => types === undefined || types.includes(change.type))
      .flatMap((setting) => judgeSetting(setting, change) ?? []);

function judgeSetting(setting: Setting, change: Change): Finding | undefined {
  const { endsWithResource = false, lost, path, withoutIt } = setting;
  const [attribute = path] = path.split(".");
  const before = at(change.before, path);
  if (change.kind === "delete")
    return endsWithResource && setting.weaker(before, undefined)
      ? { verdict: "dangerous", why: lost }
      : undefined;
  if (
    change.kind === "create" &&
    withoutIt !== undefined &&
    setting.weaker(withoutIt, at(change.after, path))
  )
    return { verdict: "look", why: `new: ${lost}` };
  if (!change.stays || !change.changed.includes(attribute)) return undefined;
  const judged = attribute === path || ONLY.includes(path) ? { judged: [attribute] } : {};
  // A replacement makes attributes unknown that the provider works out.
  if (change.isUnknown(path))
    return change.kind === "update"
      ? { verdict: "look", why: `the new value of ${attribute} is known only at apply`, ...judged }
      : undefined;
  const after = at(change.after, path);
  if (isSame(before, after)) return undefined;
  const weaker = setting.weaker(before, after);
  if (weaker === "look") return { verdict: "look", why: `another ${attribute}`, ...judged };
  return weaker
    ? { verdict: "dangerous", why: lost, ...judged }
    : { verdict: "safe", why: `${attribute} does not get weaker`, ...judged };
}

export const turnsOff = (before: unknown, after: unknown) => isOn(before) && !isOn(after);

export const turnsOn = (before: unknown, after: unknown) => !isOn(before) && isOn(after);

const isOn = (value: unknown) =>
  value === true || value === "true" || value === "Enabled" || value === "enabled";

/** Whether a text that names something, such as a key, is gone, or names another one. */
export const namesAnother = (before: unknown, after: unknown) =>
  isDropped(before, after) || (isDropped(before, "") ? "look" : false);

/** Whether a text that names something is gone. */
export const isDropped = (before: unknown, after: unknown) =>
  typeof before === "string" && before !== "" && (after === undefined || after === null || after === "");
