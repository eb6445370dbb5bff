import { isOlder } from "../../src/process/version";

describe("a version", () => {
  it.each([
    [
      [1, 9],
      [1, 11],
    ],
    [
      [0, 15],
      [1, 11],
    ],
  ])("%j is older than %j", (version, other) => {
    expect(isOlder(version, other)).toBe(true);
    expect(isOlder(other, version)).toBe(false);
  });

  it("is not older than itself", () => {
    expect(isOlder([1, 11], [1, 11])).toBe(false);
  });
});
