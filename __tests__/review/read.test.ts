import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../src/errors";
import { MAX_PLAN_BYTES, readPlan } from "../../src/review/plan/read";
import { planFile, savedPlan } from "../support/plans";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const file = () => join(folder.path, "plan.json");

function messageOf(content: string | Buffer): string {
  writeFileSync(file(), content);
  try {
    readPlan("dev", file());
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "accepted";
}

const secret = "hunter2";
const plan = savedPlan("c-listener-port-dev");
const text = JSON.stringify(plan);
const expected = "expected the JSON of a Terraform plan";

describe("a plan", () => {
  it.each([
    ["an empty file", "", `${expected}, got an empty file`],
    ["text", `password=${secret}`, `${expected}, got text that is not JSON`],
    [
      "truncated JSON",
      text.slice(0, 5000),
      `${expected}, got JSON that ends too early: the file is truncated`,
    ],
    ["a list", "[]", `${expected}, got a list`],
    ["a number", "1", `${expected}, got number`],
    [
      "an object of another tool",
      `{"name":"${secret}","version":"1"}`,
      `${expected}, got an object with the keys name, version`,
    ],
    ["a state file", `{"version":4,"lineage":"${secret}"}`, `${expected}, got a state file`],
    [
      "a state that terraform show printed",
      `{"format_version":"1.0","values":{}}`,
      `${expected}, got a state`,
    ],
    [
      "a CloudFormation template",
      `{"AWSTemplateFormatVersion":"2010-09-09"}`,
      `${expected}, got a CloudFormation template`,
    ],
    [
      "the log of terraform plan",
      `{"@level":"info"}\n{"@level":"info"}`,
      `${expected}, got the log of terraform plan -json`,
    ],
    ["the plan file itself", Buffer.from("PK\u0003\u0004"), `${expected}, got the plan file itself`],
    [
      "another major version",
      JSON.stringify({ ...plan, format_version: "2.0" }),
      "expected format_version 1.x, got 2.0",
    ],
    ["a plan that failed", JSON.stringify({ ...plan, errored: true }), /the plan failed \(errored is true\)/],
    [
      "an incomplete plan",
      JSON.stringify({ ...plan, complete: false }),
      /the plan is incomplete \(complete is false\)/,
    ],
    [
      "a change without actions",
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [{ address: "a", mode: "managed", type: "t", change: {} }],
      }),
      /^\S+: expected the JSON of a Terraform plan, but resource_changes\.0\.change\.actions has another form/,
    ],
  ])("that is %s is refused in one sentence", (_, content, message) => {
    const got = messageOf(content);
    expect(got).not.toContain(secret);
    expect(got.split("\n")).toHaveLength(1);
    if (typeof message === "string") expect(got).toBe(`${file()}: ${message}`);
    else expect(got).toMatch(message);
  });

  it("above 256 MB is refused before it is read", () => {
    writeFileSync(file(), "{");
    truncateSync(file(), MAX_PLAN_BYTES + 1);
    expect(() => readPlan("dev", file())).toThrow(`${file()}: expected at most 256 MB, got 257 MB`);
  });

  it("that does not exist, or is a folder, is refused", () => {
    expect(() => readPlan("dev", join(folder.path, "none"))).toThrow("none: no such file");
    expect(() => readPlan("dev", folder.path)).toThrow("the file cannot be read: EISDIR");
  });

  it("without changes is accepted, and so are the files that Windows writes", () => {
    expect(messageOf('{"format_version":"1.2","planned_values":{}}')).toBe("accepted");
    expect(messageOf(`\ufeff${text}`)).toBe("accepted");
    expect(messageOf(Buffer.from(`\ufeff${text}`, "utf16le"))).toBe("accepted");
  });

  it("is stubbed if it contains a value that is known only after another stack is applied", () => {
    expect(readPlan("dev", planFile("c-listener-port-dev")).stubbed).toBe(false);
    messageOf(text.replace("bys-dev-load-balancer", "known-after-dev-is-applied"));
    expect(readPlan("dev", file()).stubbed).toBe(true);
  });
});
