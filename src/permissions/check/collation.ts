type Comparison = (this: string, that: string, locales?: string[], options?: Intl.CollatorOptions) => number;

const ignoringCase = new Intl.Collator(undefined, { sensitivity: "accent" });
const original = Reflect.get(String.prototype, "localeCompare");

const comparison: Comparison = function (that, locales, options) {
  const isKnown = locales === undefined && options?.sensitivity === "accent";
  if (isKnown && Object.keys(options).length === 1) return ignoringCase.compare(this, that);
  return original.call(this, that, locales, options);
};

/**
 * Makes comparisons that ignore case use one collator, with the result that ECMA-402 defines for `localeCompare`.
 * V8 makes a collator for each call that has options. The simulator has hundreds of such calls for a request, and
 * they would take a third of the time of a proof.
 *
 * @see https://tc39.es/ecma402/#sup-String.prototype.localeCompare
 */
export function reuseCollator(): void {
  Reflect.set(String.prototype, "localeCompare", comparison);
}
