import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { permissionsCommand } from "../support/permissions-command";
import { edit, shippedYaml } from "../support/faults";

const { folder, run, shared, synthesized } = permissionsCommand();

/** A busy machine takes so long that a log shows the progress. */
const withoutProgress = (err: string) => err.replaceAll(/^checking .*\n?/gm, "");

describe("codeseries permissions", () => {
  it("proves the shipped configuration in about ten lines, and exits 0", async () => {
    const { code, err, out } = await run([]);
    expect([code, withoutProgress(err)]).toEqual([0, ""]);
    expect(out).toMatch(
      /^✓ proven: .*\n {2}required calls {3}(\d+) of \1 allowed\n {2}forbidden calls {2}(\d+) of \2 denied\n/,
    );
    expect(out.split("\n").length).toBeLessThan(12);
  });

  it("lists every call with what allows it, if asked", async () => {
    const { code, out } = await run(["--verbose"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /✓ bys-dev-iam-deploy-role \(dev\): push the image[^\n]*\n +ecr:.*ecr:PutImage.*\n +on repository\/ecs\/dev-awssdk-iam\n +allowed by PushImage \(permissions\)/,
    );
    expect(out).toContain("✓ proven: ");
  });

  it("exits 1 on a policy that was edited, and names the place", async () => {
    writeFileSync(shared, edit(synthesized, ['\\"codebuild:StartBuild\\",', ""]));
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ cdktf\.out is stale: run npx codeseries synth\n {2}stack shared: resource\.aws_iam_role_policy\.\S+\.policy: expected /,
    );
    expect(out).toContain("✗ not proven: 1 cause, above");
  });

  it("exits 1 on an argument that was edited, and says which, what it must be, and what it is", async () => {
    writeFileSync(shared, edit(synthesized, ['"provider": "CodeBuild"', '"provider": "Jenkins"']));
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /stack shared: resource\.aws_codepipeline\.\S+\.stage\.1\.action\.0\.provider: expected "CodeBuild", got "Jenkins"/,
    );
    const page = await run(["--html"]);
    expect(page.out).toContain("<dt>expected</dt><dd><code>&quot;CodeBuild&quot;</code></dd>");
  });

  it.each([
    [
      "a provider of another account's role",
      '"default_tags"',
      '"assume_role":[{"role_arn":"arn:aws:iam::999999999999:role/x"}],"default_tags"',
      "provider.aws.0.assume_role",
    ],
    ["a state without its lock", '"use_lockfile": true', '"use_lockfile": false', "config.use_lockfile"],
    [
      "a policy that never reaches AWS",
      '"name": "permissions"',
      '"lifecycle":{"ignore_changes":"all"},"name":"permissions"',
      "lifecycle",
    ],
    [
      "an image that builds",
      '"aws/codebuild/amazonlinux',
      '"public.ecr.aws/evil/amazonlinux',
      "environment.image",
    ],
  ])("exits 1 on %s, and names the place", async (_, part, by, path) => {
    if (!synthesized.includes(part)) throw new Error(`there is no ${part}`);
    writeFileSync(shared, synthesized.replace(part, by));
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toContain("✗ cdktf.out is stale: run npx codeseries synth");
    expect(out).toMatch(new RegExp(`stack shared: .*${path}`));
  });

  it.each([
    ["JSON that is not a stack", () => "[]", /stack shared: \S+: expected .*, got nothing/],
    [
      "a reference that leads nowhere",
      (text: string) => text.replaceAll(/aws_kms_key\.[^.]+\.arn/g, "aws_kms_key.gone.arn"),
      /stack shared: resource\.\S+: expected .*, got /,
    ],
    [
      "a resource that is none",
      (text: string) => edit(text, ['"resource": {', '"resource": {"aws_eip":{"x":null},']),
      /stack shared: resource\.aws_eip: expected nothing, got \{"x":null\}/,
    ],
    [
      "no provider",
      (text: string) =>
        edit(text, ['"aws": [', '"nobody": [],"aws": [']).replace(/"aws": \[[^]*?\n {4}\]/, '"aws": []'),
      /stack shared: provider\.aws\.0: expected .*, got nothing/,
    ],
    [
      "a policy that AWS would refuse",
      (text: string) => edit(text, ['\\"Effect\\":\\"Deny\\"', '\\"Effect\\":\\"Refuse\\"']),
      /stack shared: resource\.aws_s3_bucket_policy\.\S+: expected /,
    ],
  ])("exits 1 on %s, which no synthesis writes", async (_, broken, message) => {
    writeFileSync(shared, broken(synthesized));
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toContain("✗ cdktf.out is stale: run npx codeseries synth");
    expect(out).toMatch(message);
  });

  it("exits 1 on a file that Terraform would read too", async () => {
    const stray = join(dirname(shared), "override.tf.json");
    writeFileSync(stray, "{}");
    const { code, out } = await run([]);
    rmSync(stray);
    expect(code).toBe(1);
    expect(out).toContain(
      "stack shared: override.tf.json: expected no such file, got a file that Terraform reads",
    );
  });

  it("exits 1 on a configuration that was changed after the synthesis, and does not name every place", async () => {
    const later = join(folder, "later.yaml");
    writeFileSync(later, edit(shippedYaml, ["organization: bys", "organization: acme"]));
    const { code, out } = await run([], { CODESERIES_CONFIG: later });
    expect(code).toBe(1);
    expect(out).toMatch(/run npx codeseries synth\n[^]*\n {2}and \d+ more\n/);
  });

  it("prints a report of every call with --json", async () => {
    const { code, out, err } = await run(["--json"]);
    expect([code, withoutProgress(err)]).toEqual([0, ""]);
    const report = JSON.parse(out) as { sections: { title: string }[] };
    expect(report).toMatchObject({ proven: true, failures: [], stale: [] });
    expect(report.sections.map(({ title }) => title)).toEqual([
      "awssdk-iam to dev",
      "traffic of dev",
      "events of dev",
      "readers of pipelines to dev",
      "operators of pipelines to dev",
      "readers of deployments to dev",
      "operators of deployments to dev",
      "Terraform's state",
    ]);
  });

  it("writes a page into a file", async () => {
    const file = join(folder, "permissions.html");
    const { code, err } = await run(["--html", file]);
    expect(code).toBe(0);
    expect(err).toContain(`Wrote ${file}`);
    const page = readFileSync(file, "utf8");
    expect(page).toMatch(/^<!doctype html>[^]*<\/html>$/);
    expect(page).not.toMatch(/<script|src=|https?:\/\//);
  });
});
