import { ANY, differences } from "../../src/access/wiring/difference";

describe("the differences of a value from what is expected", () => {
  it.each([
    ["the same", { a: [1, { b: "x" }] }, { a: [1, { b: "x" }] }],
    ["anything, or nothing", { a: ANY, b: ANY }, { a: { deep: 1 } }],
    ["null, for nothing", { a: undefined, b: null }, { a: null }],
    ["a text of JSON", { a: { b: [1] } }, { a: '{ "b": [1] }' }],
    [
      "a set in any order",
      { a: new Set([{ name: "x" }, { name: "y" }]) },
      { a: [{ name: "y" }, { name: "x" }] },
    ],
  ])("are none for %s", (_, expected, got) => {
    expect(differences(expected, got)).toEqual([]);
  });

  it.each([
    ["a value", { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, "a.c", "2", "3"],
    ["another type", { a: "1" }, { a: 1 }, "a", "1", "1"],
    ["what is missing", { a: { b: "x" } }, {}, "a", '{"b":"x"}', "nothing"],
    ["what is too much", {}, { a: false }, "a", "nothing", "false"],
    ["one of a list, by its index", { a: ["x", "y"] }, { a: ["x", "z"] }, "a.1", "y", "z"],
    ["one of a list, by its name", [{ name: "x", b: 1 }], [{ name: "x", b: 2 }], "x.b", "1", "2"],
    ["a statement, by its id", [{ sid: "One" }, { sid: "Two" }], [{ sid: "Two" }], "", "One, Two", "Two"],
    ["a longer list", { a: ["x"] }, { a: ["x", "y"] }, "a", "x", "x, y"],
    ["an empty list", { a: ["x"] }, { a: [] }, "a", "x", "nothing"],
    [
      "names in another order",
      [{ name: "x" }, { name: "y" }],
      [{ name: "y" }, { name: "x" }],
      "",
      "x, y",
      "y, x",
    ],
    ["a name twice in a set", new Set([{ name: "x" }]), [{ name: "x" }, { name: "x" }], "", "x", "x, x"],
    ["a text that is no JSON", { a: { b: 1 } }, { a: "no" }, "a", '{"b":1}', "no"],
  ])("name %s", (_, expected, got, path, wanted, found) => {
    expect(differences(expected, got)).toEqual([{ path, expected: wanted, got: found }]);
  });

  it("show the beginning of what is long", () => {
    const [long] = differences({}, { a: "x".repeat(1000) });
    expect(long?.got).toBe(`${"x".repeat(200)}…`);
  });
});
