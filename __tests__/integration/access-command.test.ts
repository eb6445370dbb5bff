import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { accessCommand } from "../support/access-command";
import { edit, shippedYaml } from "../support/faults";

const { folder, run, shared, synthesized } = accessCommand();

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

  it("exits 1 on a right that nothing needs, and says what to do about it; --no-mutations does not look", async () => {
    writeFileSync(
      shared,
      edit(synthesized, ['"codebuild:StartBuild",', '"codebuild:StartBuild","codebuild:ListFleets",']),
    );
    const { code, err } = await run([]);
    expect(code).toBe(1);
    expect(err).toContain(
      [
        '  ✗ survived: RunBuild in policy "permissions" of arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role: action removed: codebuild:ListFleets',
        "    no needed call misses it: take it away, or add the call that needs it to src/access/chain",
      ].join("\n"),
    );
    expect((await run(["--no-mutations"])).err).not.toContain("survived");
  });

  it("exits 1 on an argument changed by hand, and says which, what it must be, and what it is", async () => {
    writeFileSync(shared, edit(synthesized, ['"provider": "CodeBuild"', '"provider": "Jenkins"']));
    const { code, err } = await run([]);
    expect(code).toBe(1);
    expect(err).toContain(
      [
        '✗ stack shared: aws_codepipeline "bys-shared-cdpl-awssdk-iam-dev": stage.Build.action.Build.provider is not what it must be',
        "  expected  CodeBuild",
        "  got       Jenkins",
      ].join("\n"),
    );
    const page = await run(["--html"]);
    expect(page.out).toContain("<dt>expected</dt><dd><code>CodeBuild</code></dd>");
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
    const { code, err } = await run(["--no-mutations"]);
    expect(code).toBe(1);
    expect(err).toContain("✗ the stacks are not what the configuration makes of them: run npm run synth");
    expect(err).toMatch(new RegExp(`stack shared: .*${path}`));
  });

  it("exits 1 on a file that Terraform would read too", async () => {
    const stray = join(dirname(shared), "override.tf.json");
    writeFileSync(stray, "{}");
    const { code, err } = await run(["--no-mutations"]);
    rmSync(stray);
    expect(code).toBe(1);
    expect(err).toContain("stack shared: override.tf.json\n    expected  nothing");
  });

  it("exits 1 on a configuration that was changed after the synthesis, and does not name every place", async () => {
    const later = join(folder, "later.yaml");
    writeFileSync(later, edit(shippedYaml, ["organization: bys", "organization: acme"]));
    const { code, err } = await run(["--no-mutations"], { CODESERIES_CONFIG: later });
    expect(code).toBe(1);
    expect(err).toMatch(/run npm run synth\n[^]*\n {2}and \d+ more\n/);
  });

  it("prints a report of every call with --json, the mutations too", async () => {
    const { code, out, err } = await run(["--json"]);
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
});
