import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Policies } from "../../src/permissions";
import { permissionsCommand } from "../support/permissions-command";
import { edit, shippedYaml } from "../support/faults";

const { folder, run, shared, synthesized } = permissionsCommand();

describe("codeseries permissions", () => {
  it("prints the policies alone with --policies, sorted", async () => {
    const { code, out, err } = await run(["--policies"]);
    expect([code, err]).toEqual([0, ""]);
    const policies = JSON.parse(out) as Policies;
    expect(Object.keys(policies)).toEqual([
      "roles",
      "buckets",
      "keys",
      "repositories",
      "topics",
      "logGroups",
    ]);
    expect(Object.keys(policies.roles[0] ?? {})).toEqual(["arn", "account", "trust", "identity"]);
    expect(policies.keys[0]?.aliases).toEqual(["alias/bys-shared-kms-codeseries-awssdk-iam"]);
    expect(policies.buckets.map(({ arn }) => arn)).toEqual([
      "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
      "arn:aws:s3:::bys-shared-s3-tfstate",
    ]);
  });

  it("says how it is used", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    expect(out).toContain("Usage: codeseries permissions [options]");
  });

  it.each([
    ["an unknown option", ["--jason"], "--jason"],
    ["two outputs at once", ["--json", "--html"], "expected one of --html, --policies and --json"],
    ["an argument", ["permissions.html"], "too many arguments"],
  ])("exits 2 on %s", async (_, args, message) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("exits 2 before anything was synthesized, and says what to run", async () => {
    const { code, err } = await run([], { CDKTF_OUTDIR: join(folder, "nothing") });
    expect([code, err]).toEqual([
      2,
      `${join(folder, "nothing", "stacks", "bootstrap", "cdk.tf.json")}: no such file. Run npx codeseries synth`,
    ]);
  });

  it("exits 2 on a faulty configuration, with its faults", async () => {
    const faulty = join(folder, "faulty.yaml");
    writeFileSync(faulty, edit(shippedYaml, ["10.10.0.0/16", "10.10.0.1/16"]));
    const { code, err } = await run([], { CODESERIES_CONFIG: faulty });
    expect(code).toBe(2);
    expect(err).toContain("environments.dev.network.cidr: expected a network address");
  });

  it.each([
    ["broken JSON", () => "{", /shared.cdk\.tf\.json: expected JSON, got \{: /],
    [
      "an argument that occurs twice",
      (text: string) => text.replace('"artifact_store":', '"artifact_store": [], "artifact_store":'),
      /shared.cdk\.tf\.json: the key "artifact_store" occurs twice in one object/,
    ],
  ])("exits 2 on %s, and names it", async (_, broken, message) => {
    writeFileSync(shared, broken(synthesized));
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
