import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { accessCommand } from "../support/access-command";
import { edit, shippedYaml } from "../support/faults";

const { folder, run, shared, synthesized } = accessCommand();

describe("codeseries permissions", () => {
  it("proves the shipped configuration by a table, and exits 0", async () => {
    const { code, err, out } = await run([]);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(/who .* may .* on .* allowed by/);
    expect(out).toMatch(/bys-dev-iam-deploy-role +│ push the image/);
    expect(out).toContain("PushImage (permissions)");
    expect(out).toMatch(/✓ proven: (\d+) of \1 needed calls allowed, (\d+) of \2 forbidden calls refused$/);
  });

  it("exits 1 on a missing statement, and says who lacks what, where, and what to add", async () => {
    writeFileSync(shared, edit(synthesized, ['"codebuild:StartBuild",', ""]));
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toContain(
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
    expect(out).toMatch(/✗ not proven: /);
  });

  it("exits 1 on an argument changed by hand, and says which, what it must be, and what it is", async () => {
    writeFileSync(shared, edit(synthesized, ['"provider": "CodeBuild"', '"provider": "Jenkins"']));
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toContain(
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
    const { code, out } = await run([]);
    expect(code).toBe(1);
    expect(out).toContain("✗ the stacks are not what the configuration makes of them: run npm run synth");
    expect(out).toMatch(new RegExp(`stack shared: .*${path}`));
  });

  it("exits 1 on a file that Terraform would read too", async () => {
    const stray = join(dirname(shared), "override.tf.json");
    writeFileSync(stray, "{}");
    const { code, out } = await run([]);
    rmSync(stray);
    expect(code).toBe(1);
    expect(out).toContain("stack shared: override.tf.json\n    expected  nothing");
  });

  it("exits 1 on a configuration that was changed after the synthesis, and does not name every place", async () => {
    const later = join(folder, "later.yaml");
    writeFileSync(later, edit(shippedYaml, ["organization: bys", "organization: acme"]));
    const { code, out } = await run([], { CODESERIES_CONFIG: later });
    expect(code).toBe(1);
    expect(out).toMatch(/run npm run synth\n[^]*\n {2}and \d+ more\n/);
  });

  it("prints a report of every call with --json", async () => {
    const { code, out } = await run(["--json"]);
    expect(code).toBe(0);
    const report = JSON.parse(out) as { sections: { title: string }[] };
    expect(report).toMatchObject({ proven: true, failures: [], wiring: [] });
    expect(report.sections.map(({ title }) => title)).toEqual([
      "awssdk-iam to dev",
      "traffic of dev",
      "Terraform's state",
    ]);
  });

  it("writes a page into a file", async () => {
    const file = join(folder, "access.html");
    const { code, err, out } = await run(["--html", file]);
    expect(code).toBe(0);
    expect(err).toContain(`Wrote ${file}`);
    expect(out).toMatch(/✓ proven/);
    const page = readFileSync(file, "utf8");
    expect(page).toMatch(/^<!doctype html>[^]*<\/html>$/);
    expect(page).not.toMatch(/<script|src=|https?:\/\//);
  });
});
