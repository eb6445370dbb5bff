const ignoringCase = new Intl.Collator(undefined, { sensitivity: "accent" });
const { localeCompare } = String.prototype;

function compare(this: string, that: string, locales?: string | string[], options?: Intl.CollatorOptions) {
  const isKnown = locales === undefined && options?.sensitivity === "accent";
  if (isKnown && Object.keys(options).length === 1) return ignoringCase.compare(this, that);
  return localeCompare.call(this, that, locales, options);
}

/**
 * Makes comparisons that ignore case use one collator, with the result that ECMA-402 defines for `localeCompare`.
 * V8 makes a collator for each call that has options. The simulator has a thousand such calls for a request, and
 * they would take a third of the time of a proof.
 *
 * @see https://tc39.es/ecma402/#sup-String.prototype.localeCompare
 */
export function reuseCollator(): void {
  String.prototype.localeCompare = compare;
}
