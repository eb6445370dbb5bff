import type { Row } from "./results";

/** Our time for a resource, as a multiple of the plain app's. */
const MAX_RATIO = 1.2;
/** Our growth to the most services, as a multiple of the services' own. */
const MAX_GROWTH = 1.3;

/** Something that must hold. */
export interface Bound {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly holds: boolean;
}

const bound = (name: string, value: number, limit: number): Bound => ({
  name,
  value,
  limit,
  holds: value <= limit,
});

/** Both apps have the same resources, so their times compare as those of one resource do. */
export const ratioOf = ({ ours, plain }: Row) => ours.seconds / plain.seconds;

/** The bounds of rows in ascending order; growth needs two. */
export function boundsOf(rows: readonly Row[]): Bound[] {
  const ratios = rows.map((row) =>
    bound(
      `n = ${row.services}: time per resource, as a multiple of the plain app's`,
      ratioOf(row),
      MAX_RATIO,
    ),
  );
  const [before, last] = rows.slice(-2);
  if (!before || !last) return ratios;
  const linear = last.services / before.services;
  const growth = last.ours.seconds / before.ours.seconds / linear;
  const name = `n = ${before.services} to ${last.services}: growth, as a multiple of linear growth`;
  return [...ratios, bound(name, growth, MAX_GROWTH)];
}
