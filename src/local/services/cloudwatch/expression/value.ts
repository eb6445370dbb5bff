/** A value for each period, oldest first; undefined where there is none. */
export type Series = readonly (number | undefined)[];

/** A series, or the same number in each period. */
export type Value = number | Series;

/** The series of metrics and of other expressions, by their ids. */
export type Known = ReadonlyMap<string, Value>;
