import { stalePlaces } from "../../src/synthesis/stale";

const file = "out/stacks/shared/cdk.tf.json";
const stack = (value: unknown) => new Map([[file, JSON.stringify(value, undefined, 2)]]);
const places = (expected: unknown, got: unknown) => stalePlaces(stack(expected), stack(got));

describe("the stale places of an output folder", () => {
  it.each([
    ["the same text", { a: [1, { b: "x" }] }, { a: [1, { b: "x" }] }],
    ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }],
  ])("are none for %s", (_, expected, got) => {
    expect(places(expected, got)).toEqual([]);
  });

  it("are none for other white space", () => {
    expect(stalePlaces(stack({ a: 1 }), new Map([[file, '{"a":1}']]))).toEqual([]);
  });

  it.each([
    ["a value", { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, "a.c", "2", "3"],
    ["another type", { a: "1" }, { a: 1 }, "a", '"1"', "1"],
    ["what is missing", { a: { b: "x" } }, {}, "a", '{"b":"x"}', "nothing"],
    ["what is too much", {}, { a: false }, "a", "nothing", "false"],
    ["null, which Terraform reads as unset", { a: 1 }, { a: null }, "a", "1", "null"],
    ["one of a list, by its index", { a: ["x", "y"] }, { a: ["x", "z"] }, "a.1", '"y"', '"z"'],
    ["a longer list", { a: ["x"] }, { a: ["x", "y"] }, "a.1", "nothing", '"y"'],
    ["an empty list", { a: ["x"] }, { a: [] }, "a.0", '"x"', "nothing"],
    ["something that is not a stack", { a: 1 }, [], "a", "1", "nothing"],
  ])("name %s", (_, expected, got, path, wanted, found) => {
    expect(places(expected, got)).toEqual([{ stack: "shared", path, expected: wanted, got: found }]);
  });

  it("show the beginning of a long value", () => {
    const [long] = places({}, { a: "x".repeat(1000) });
    expect(long?.got).toBe(`"${"x".repeat(99)}`);
  });

  it("name a file that no synthesis writes", () => {
    const found = new Map([...stack({}), ["out/stacks/shared/override.tf.json", "{}"]]);
    expect(stalePlaces(stack({}), found)).toEqual([
      {
        stack: "shared",
        path: "override.tf.json",
        expected: "no such file",
        got: "a file that Terraform reads",
      },
    ]);
  });

  it("cannot be found without the file", () => {
    expect(() => stalePlaces(stack({}), new Map())).toThrow(
      `${file}: no such file. Run npx codeseries synth`,
    );
  });

  it.each([
    ["text that is not JSON", "{", /cdk\.tf\.json: expected JSON, got \{: /],
    ["a key twice in one object", '{"a": {"b": 1, "b": 1}}', /the key "b" occurs twice in one object$/],
    ["a key twice, whatever its spelling", '{"a": 1, "\\u0061": 1}', /the key "\\u0061" occurs twice/],
  ])("cannot be found in %s", (_, text, message) => {
    expect(() => stalePlaces(stack({ a: 1 }), new Map([[file, text]]))).toThrow(message);
  });
});
