import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Documents } from "../../src/access/evidence/documents";
import { accessCommand } from "../support/access-command";
import { edit, shippedYaml } from "../support/faults";

const { folder, run, shared, synthesized } = accessCommand();

describe("npm run access", () => {
  it("prints the documents alone with --policies, sorted", async () => {
    const { code, out, err } = await run(["--policies"]);
    expect([code, err]).toEqual([0, ""]);
    const documents = JSON.parse(out) as Documents;
    expect(Object.keys(documents)).toEqual(["roles", "buckets", "keys", "repositories"]);
    expect(Object.keys(documents.roles[0] ?? {})).toEqual(["arn", "account", "trust", "identity"]);
    expect(documents.keys[0]?.aliases).toEqual(["alias/bys-shared-kms-codeseries-awssdk-iam"]);
    expect(documents.buckets.map(({ arn }) => arn)).toEqual([
      "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
      "arn:aws:s3:::bys-shared-s3-tfstate",
    ]);
  });

  it("says how it is used", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    expect(out).toContain("Usage: npm run access");
  });

  it.each([
    ["an unknown option", ["--jason"], "--jason"],
    ["two outputs at once", ["--json", "--html"], "take one of --html and --json"],
    ["a file for nothing", ["access.html"], 'unexpected "access.html"'],
  ])("exits 2 on %s", async (_, args, message) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("exits 2 before anything was synthesized, and says what to run", async () => {
    const { code, err } = await run([], { CDKTF_OUTDIR: join(folder, "nothing") });
    expect([code, err]).toEqual([
      2,
      `${join(folder, "nothing", "stacks", "bootstrap", "cdk.tf.json")}: no such file; run npm run synth first`,
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
    ["broken JSON", () => "{", /shared.cdk\.tf\.json: broken JSON: /],
    [
      "an argument that stands twice",
      (text: string) => text.replace('"artifact_store":', '"artifact_store": [], "artifact_store":'),
      /shared.cdk\.tf\.json: one thing has "artifact_store" twice/,
    ],
    ["JSON that is no stack", () => "[]", /expected a synthesized stack/],
    [
      "a reference that leads nowhere",
      (text: string) => text.replaceAll(/aws_kms_key\.[^.]+\.arn/g, "aws_kms_key.gone.arn"),
      /^stack shared: cannot resolve \$\{aws_kms_key\.gone\.arn\}$/,
    ],
    [
      "a resource that is none",
      (text: string) => edit(text, ['"resource": {', '"resource": {"aws_eip":{"x":null},']),
      /shared.cdk\.tf\.json: expected a synthesized stack; resource\.aws_eip\.x: /,
    ],
    [
      "a list of blocks",
      (text: string) => edit(text, ['"resource": {', '"resource": {"aws_eip":{"x":[{"provisioner":[]}]},']),
      /; resource\.aws_eip\.x: /,
    ],
    [
      "no provider",
      (text: string) =>
        edit(text, ['"aws": [', '"nobody": [],"aws": [']).replace(/"aws": \[[^]*?\n {4}\]/, '"aws": []'),
      /expected one provider, got 0/,
    ],
    [
      "a policy that AWS would refuse",
      (text: string) => edit(text, [String.raw`\"Effect\":\"Deny\"`, String.raw`\"Effect\":\"Refuse\"`]),
      /^stack shared: policy of aws_s3_bucket_policy\..*: expected a policy, got another shape: Statement\.0\.Effect /,
    ],
  ])("exits 2 on %s, and names it", async (_, broken, message) => {
    writeFileSync(shared, broken(synthesized));
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
