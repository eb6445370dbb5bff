import { reuseCollator } from "../../../src/permissions/check/collation";

const comparison = () => Reflect.get(String.prototype, "localeCompare") as unknown;
const original = comparison();
afterEach(() => {
  Reflect.set(String.prototype, "localeCompare", original);
});

const TEXTS = ["", "a", "A", "á", "b", "a:b", "A:B", "straße", "STRASSE", "file10", "file9"];
const PAIRS = TEXTS.flatMap((one) => TEXTS.map((other) => [one, other] as const));
const OPTIONS: readonly (Intl.CollatorOptions | undefined)[] = [
  undefined,
  {},
  { sensitivity: "accent" },
  { sensitivity: "base" },
  { sensitivity: "accent", numeric: true },
];

describe("a comparison with the collator that is kept", () => {
  it.each([undefined, "en", ["sv", "de"]])("has the result of the language's own one, in %s", (locales) => {
    const results = () =>
      OPTIONS.flatMap((options) => PAIRS.map(([one, other]) => one.localeCompare(other, locales, options)));
    const before = results();
    reuseCollator();
    expect(comparison()).not.toBe(original);
    expect(results()).toEqual(before);
    expect(before).toEqual(expect.arrayContaining([-1, 0, 1]));
  });
});
