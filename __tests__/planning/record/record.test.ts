import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanJson } from "../../../src/planning/plan-json";
import { canonicalJson, changeDigests, differingChanges } from "../../../src/planning/record/digest";
import { readRecord, type ReviewedStack, type ReviewRecord } from "../../../src/planning/record/record";
import { differs, otherChanges, stackRefusals, unaccepted } from "../../../src/planning/record/refusals";
import { temporaryFolder } from "../../support/temporary-folder";

const update = (address: string, after: object, actions = ["update"]) => ({
  address,
  type: "aws_lb",
  change: { actions, before: { a: 1 }, after },
});

describe("the digests of a plan's changes", () => {
  const plan: PlanJson = {
    resource_changes: [update("aws_lb.b", { a: 1, b: 2 }), update("aws_lb.a", {}, ["no-op"])],
    output_changes: { url: { actions: ["update"] }, same: { actions: ["no-op"] } },
  };

  it("are of what changes, in any order of changes and keys", () => {
    const other = { ...plan, resource_changes: [update("aws_lb.b", { b: 2, a: 1 })], timestamp: "now" };
    expect(Object.keys(changeDigests(plan))).toEqual(["aws_lb.b", "output.url"]);
    expect(changeDigests(other)).toEqual(changeDigests(plan));
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });

  it("count a move, an import and an object that a replacement left behind", () => {
    const same = update("aws_lb.b", {}, ["no-op"]);
    const moved = { ...same, previous_address: "aws_lb.old" };
    const imported = { ...same, address: "aws_lb.c", change: { ...same.change, importing: { id: "x" } } };
    const deposed = { ...update("aws_lb.b", {}, ["delete"]), deposed: "ab12" };
    expect(Object.keys(changeDigests({ resource_changes: [moved, imported, deposed] }))).toEqual([
      "aws_lb.b",
      "aws_lb.b ab12",
      "aws_lb.c",
    ]);
  });

  it("name what differs: another value, one more, one less", () => {
    const one = changeDigests({
      resource_changes: [update("x", { a: 1 }), update("y", {}), update("z", {})],
    });
    const other = changeDigests({
      resource_changes: [update("x", { a: 2 }), update("w", {}), update("z", {})],
    });
    expect(differingChanges(one, other)).toEqual(["w", "x", "y"]);
    expect(differs("dev", ["1", "2", "3", "4", "5", "6", "7"])).toBe(
      "dev: the changes are not the reviewed ones: 1, 2, 3, 4, 5 and 2 more",
    );
  });
});

const hash = (digit: string) => digit.repeat(64);
const reviewed: ReviewedStack = {
  name: "dev",
  kind: "exact",
  restsOn: [],
  configuration: hash("a"),
  changes: { "aws_lb.b": hash("b") },
  dangerous: ["aws_lb.b"],
  inputs: {},
  lockFile: hash("c"),
  plan: { sha256: hash("d"), lineage: "one", serial: 7 },
};
const found = {
  configuration: hash("a"),
  lockFile: hash("c"),
  plan: { sha256: hash("d"), lineage: "one", serial: 7 },
  state: { lineage: "one", serial: 7 },
};
const record: ReviewRecord = { version: 1, commit: null, unplanned: ["stg"], stacks: [reviewed] };

describe("a reviewed plan", () => {
  it("is applied if everything is as it was", () => {
    expect(stackRefusals(reviewed, found)).toEqual([]);
  });

  it.each([
    ["the configuration", { configuration: hash("f") }, 4, "the configuration of the stack changed"],
    ["a stack that was removed", { configuration: undefined }, 4, "the configuration of the stack changed"],
    ["a plan file that is gone", { plan: undefined }, 4, "the reviewed plan file is gone"],
    ["the plan file", { plan: { ...found.plan, sha256: hash("0") } }, 3, "not the one that was reviewed"],
    ["the providers", { lockFile: null }, 4, "the lock file of the providers changed"],
    ["the state's serial", { state: { lineage: "one", serial: 8 } }, 4, "its serial was 7, and is 8"],
    ["the state's lineage", { state: { lineage: "two", serial: 7 } }, 4, "lineage two"],
    ["a state that is gone", { state: undefined }, 4, "lineage none"],
  ])("is refused with another one of %s", (_, other, exitCode, text) => {
    expect(stackRefusals(reviewed, { ...found, ...other })).toEqual([
      { text: expect.stringContaining(text) as string, exitCode },
    ]);
  });

  it("of which no file is kept is compared by configuration only: it is planned again", () => {
    const predicted = { ...reviewed, kind: "predicted" as const, plan: null };
    expect(stackRefusals(predicted, { ...found, plan: undefined, state: undefined })).toEqual([]);
    expect(stackRefusals(predicted, { ...found, configuration: hash("f") })).toHaveLength(1);
  });

  it("before a state exists is for no state", () => {
    const first = { ...reviewed, plan: { sha256: hash("d"), lineage: "", serial: 0 } };
    expect(stackRefusals(first, { ...found, state: undefined })).toEqual([]);
    expect(stackRefusals(first, found)).toHaveLength(1);
  });
});

describe("what a person must accept", () => {
  it("is each dangerous change, and each removed stack", () => {
    expect(unaccepted(record, [])).toEqual([
      { text: "dev: aws_lb.b is dangerous, and was not accepted", exitCode: 3 },
      { text: "stg: its state has resources, and the configuration has no such stack", exitCode: 4 },
    ]);
    expect(unaccepted(record, ["aws_lb.b", "stg"])).toEqual([]);
  });
});

describe("a review that was approved elsewhere", () => {
  it("must have the same changes, whatever its commit", () => {
    expect(otherChanges({ ...record, commit: "abc" }, record)).toEqual([]);
    const other = { ...record, stacks: [{ ...reviewed, changes: { "aws_lb.c": hash("b") } }] };
    expect(otherChanges(other, record)).toEqual([
      { text: "dev: the changes are not the reviewed ones: aws_lb.b, aws_lb.c", exitCode: 3 },
    ]);
    expect(otherChanges({ ...record, stacks: [] }, record)).toHaveLength(1);
  });
});

describe("a record", () => {
  const folder = temporaryFolder();
  const read = (text?: string) => {
    const file = join(folder.path, "record.json");
    if (text !== undefined) writeFileSync(file, text);
    return () => readRecord(file);
  };

  it("is read as it was written", () => {
    expect(read(JSON.stringify(record))()).toEqual(record);
  });

  it.each([
    ["no file", undefined, "nothing was reviewed"],
    ["no JSON", "{", "got text that is not JSON"],
    ["another version", JSON.stringify({ ...record, version: 2 }), "version has another form"],
    ["another file", "{}", "has another form"],
  ])("is refused if it is %s", (_, text, message) => {
    expect(read(text)).toThrow(message);
  });
});
