import { differences } from "../../bench/differences";

test("equal but for metadata and the order of keys", () => {
  expect(
    differences({ "//": 1, a: [1, { b: "x", c: null }] }, { a: [1, { c: null, b: "x" }], "//": 2 }),
  ).toEqual([]);
});

test.each([
  ["a value", { a: { b: 1 } }, { a: { b: 2 } }, "a.b"],
  ["a missing key", { a: { b: 1 } }, { a: {} }, "a.b"],
  ["another key", { a: {} }, { a: { b: 1 } }, "a.b"],
  ["a longer list", { a: [1] }, { a: [1, 2] }, "a.1"],
  ["another type", { a: "1" }, { a: 1 }, "a"],
])("%s", (_, ours, plain, path) => {
  expect(differences(ours, plain)).toEqual([path]);
});
