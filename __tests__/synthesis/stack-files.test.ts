import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { synthesize } from "../../src/synthesis/stack-files";

const fail = () => {
  throw new Error("a mistake of ours");
};

describe("a synthesis", () => {
  it("gives the files of each stack by their path", () => {
    const files = synthesize((app) => {
      new TerraformStack(app, "one");
    });
    expect([...files.keys()].sort()).toEqual(["manifest.json", "stacks/one/cdk.tf.json"]);
  });

  it("gives errors their stack traces back, whatever became of it", () => {
    expect(() => synthesize(fail)).toThrow("a mistake of ours");
    const traced: { stack?: string } = {};
    Error.captureStackTrace(traced);
    expect(traced.stack).toContain("stack-files.test.ts");
  });

  it("leaves nothing behind when it fails", () => {
    const folder = mkdtempSync(join(tmpdir(), "codeseries-test-"));
    const { TMPDIR } = process.env;
    process.env.TMPDIR = folder;
    expect(() => synthesize(fail)).toThrow("a mistake of ours");
    expect(readdirSync(folder)).toEqual([]);
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(folder, { recursive: true });
  });
});
