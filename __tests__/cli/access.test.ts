import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Documents } from "../../src/access/documents";
import type { Look } from "../../src/access/report-table";
import { access } from "../../src/cli/access";
import { synth } from "../../src/cli/synth";
import { edit, shippedYaml } from "../support/faults";

const folder = mkdtempSync(join(tmpdir(), "codeseries-access-"));
const config = join(folder, "codeseries.yaml");
const outdir = join(folder, "cdktf.out");
const env = { CODESERIES_CONFIG: config, CDKTF_OUTDIR: outdir };
const plain: Look = { columns: 160, paint: (_, text) => text };
const shared = join(outdir, "stacks", "shared", "cdk.tf.json");
let synthesized: string;

beforeAll(() => {
  writeFileSync(config, shippedYaml);
  synth([], env, { out: () => undefined, err: () => undefined });
  synthesized = readFileSync(shared, "utf8");
});
afterEach(() => {
  writeFileSync(shared, synthesized);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(args: readonly string[], own: Record<string, string> = {}) {
  const said = { out: [] as string[], err: [] as string[] };
  const output = { out: (text: string) => said.out.push(text), err: (text: string) => said.err.push(text) };
  const code = await access(args, { ...env, ...own }, output, plain);
  return { code, out: said.out.join("\n"), err: said.err.join("\n") };
}

describe("npm run access", () => {
  it("proves the shipped configuration by a table, and exits 0", async () => {
    const { code, err, out } = await run([]);
    expect(code).toBe(0);
    expect(out).toBe("");
    expect(err).toMatch(/who .* may .* on .* allowed by/);
    expect(err).toMatch(/bys-dev-iam-deploy-role +│ push the image/);
    expect(err).toContain("PushImage (permissions)");
    expect(err).toMatch(/✓ proven: (\d+) of \1 needed calls allowed, (\d+) of \2 forbidden calls refused$/);
  });

  it("exits 1 on a missing statement, and says who lacks what, where, and what to add", async () => {
    writeFileSync(shared, edit(synthesized, ['"codebuild:StartBuild",', ""]));
    const { code, err } = await run([]);
    expect(code).toBe(1);
    expect(err).toContain(
      [
        "✗ awssdk-iam to dev: cannot start the build, and wait for it",
        "  role      arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role",
        "  action    codebuild:StartBuild",
        "  resource  arn:aws:codebuild:ap-northeast-2:202949997891:project/bys-shared-cdb-awssdk-iam-dev",
        "  account   202949997891",
        '  policy "permissions" of arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role does not allow it',
        '  add to policy "permissions" of arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role:',
        "    {",
        '      "Sid": "StartTheBuildAndWaitForIt",',
        '      "Effect": "Allow",',
        '      "Action": "codebuild:StartBuild",',
        '      "Resource": "arn:aws:codebuild:ap-northeast-2:202949997891:project/bys-shared-cdb-awssdk-iam-dev"',
        "    }",
      ].join("\n"),
    );
    expect(err).toMatch(/✗ not proven: /);
  });

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

  it("prints a report of every call with --json, the mutations too if asked", async () => {
    const { code, out, err } = await run(["--json", "--mutations"]);
    expect([code, err]).toEqual([0, ""]);
    const report = JSON.parse(out) as { sections: { title: string }[] };
    expect(report).toMatchObject({ proven: true, failures: [], wiring: [], mutations: { unexplained: 0 } });
    expect(report.sections.map(({ title }) => title)).toEqual([
      "awssdk-iam to dev",
      "traffic of dev",
      "Terraform's state",
    ]);
  });

  it("writes a page into a file", async () => {
    const file = join(folder, "access.html");
    const { code, out } = await run(["--html", file]);
    expect([code, out]).toEqual([0, ""]);
    const page = readFileSync(file, "utf8");
    expect(page).toMatch(/^<!doctype html>[^]*<\/html>$/);
    expect(page).not.toMatch(/<script|src=|https?:\/\//);
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
    ["mutations of what is not proven", ["--policies", "--mutations"], "--policies proves nothing"],
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
    ["JSON that is no stack", () => "[]", /expected a synthesized stack/],
    [
      "a reference that leads nowhere",
      (text: string) => text.replaceAll(/aws_kms_key\.[^.]+\.arn/g, "aws_kms_key.gone.arn"),
      /^stack shared: cannot resolve \$\{aws_kms_key\.gone\.arn\}$/,
    ],
    [
      "a policy that AWS would refuse",
      (text: string) => edit(text, ['"effect": "Deny"', '"effect": "Refuse"']),
      /^bucket policy of arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam: /,
    ],
  ])("exits 2 on %s, and names it", async (_, broken, message) => {
    writeFileSync(shared, broken(synthesized));
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
