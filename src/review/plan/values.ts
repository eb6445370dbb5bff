import { isDeepStrictEqual } from "node:util";

/** Attributes of a resource, as plan JSON has them. */
export type Values = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list, whether the value is one, is absent, or is a single element. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

/** The texts of a list; anything else in it is left out. */
export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((one): one is string => typeof one === "string");

/** The objects of a list: the blocks of an argument. */
export const blocksOf = (value: unknown): readonly Values[] => listOf(value).filter(isRecord);

/** The value at a path such as `versioning_configuration.0.status`. */
export const at = (value: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        Array.isArray(inner)
          ? (inner as unknown[])[Number(key)]
          : isRecord(inner) && Object.hasOwn(inner, key)
            ? inner[key]
            : undefined,
      value,
    );

/** Whether anything in a mask of plan JSON, such as `after_unknown`, is marked. */
export const isMarked = (mask: unknown): boolean =>
  mask === true || (typeof mask === "object" && mask !== null && Object.values(mask).some(isMarked));

/** Whether a path, or what contains it, or something in it is marked. */
export function isMarkedAt(mask: unknown, path: string): boolean {
  let inner = mask;
  for (const key of path.split(".")) {
    if (inner === true) return true;
    inner = at(inner, key);
  }
  return isMarked(inner);
}

/** Terraform and AWS write the same absence as null, "", an empty list or an empty map. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

export const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(one, other) || (isEmpty(one) && isEmpty(other));

/** Every text in a value, at any depth. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) yield* textsIn(inner);
}
