/** The values of one rule's conditions. */
export interface Conditions {
  /** Host names or patterns; none: any host. */
  readonly hosts: readonly string[];
  /** Path patterns; none: any path. */
  readonly paths: readonly string[];
}

/**
 * Limits of one rule over all its conditions.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX_VALUES = 5;
const MAX_WILDCARDS = 5;

const wildcardsIn = (values: readonly string[]) => values.join("").match(/[*?]/g)?.length ?? 0;

export const isPattern = (value: string) => /[*?]/.test(value);

/** The patterns of a path: one with a wildcard as it is, another for itself and for everything below. */
const patternsOf = (path: string): string[] =>
  path === "/" ? [] : isPattern(path) ? [path] : [path, `${path}/*`];

/** Puts the items into lists in their order, each within the limits; undefined if one item is too large. */
function packed(items: readonly string[][], values: number, wildcards: number): string[][] | undefined {
  if (items.length === 0) return [[]];
  const fits = (list: readonly string[]) => list.length <= values && wildcardsIn(list) <= wildcards;
  const lists: string[][] = [];
  for (const item of items) {
    const joined = [...(lists.at(-1) ?? []), ...item];
    if (!fits(item)) return undefined;
    if (lists.length > 0 && fits(joined)) lists.splice(-1, 1, joined);
    else lists.push(item);
  }
  return lists;
}

/** The fewest rules that together have every pair of a host and a path. */
export function conditionsOf(hosts: readonly string[], paths: readonly string[]): Conditions[] {
  const patterns = paths.map(patternsOf).filter(({ length }) => length > 0);
  const layouts = [1, 2, 3, 4, 5].flatMap((hostsOfARule) => {
    const hostLists = packed(
      hosts.map((host) => [host]),
      hostsOfARule,
      MAX_WILDCARDS,
    );
    const rules = hostLists?.map((list) =>
      packed(patterns, MAX_VALUES - list.length, MAX_WILDCARDS - wildcardsIn(list))?.map((some) => ({
        hosts: list,
        paths: some,
      })),
    );
    const known = rules?.filter((some) => some !== undefined) ?? [];
    return known.length === rules?.length ? [known.flat()] : [];
  });
  return layouts.reduce<Conditions[]>(
    (best, layout) => (best.length === 0 || layout.length <= best.length ? layout : best),
    [],
  );
}
