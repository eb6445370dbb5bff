import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REQUIREMENTS, type Requirement } from "./support/second-review";

/** The text of a test, or of a table of a test's cases. */
function textOf(file: string): string {
  const test = join(__dirname, `${file}.test.ts`);
  return readFileSync(existsSync(test) ? test : join(__dirname, `${file}.ts`), "utf8");
}
const titleOf = ({ row, what }: Requirement) => `${row}: ${what}`;

describe("the second review of the design", () => {
  it("has a requirement for each of its rows", () => {
    expect(REQUIREMENTS.map(({ row }) => row)).toEqual(Array.from({ length: 28 }, (_, index) => index + 1));
  });

  it.each(REQUIREMENTS.map((one) => [titleOf(one), one] as const))("shows row %s", (_, { shownBy }) => {
    for (const [file, tests] of Object.entries(shownBy)) {
      const text = textOf(file);
      expect(tests.filter((test) => !text.includes(test))).toEqual([]);
      expect(text).not.toMatch(/\b(it|describe)\.(skip|only|todo)\b/);
    }
  });
});
