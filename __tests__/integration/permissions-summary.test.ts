import { provePermissions, reportHtml, summaryText, tableText, type Paint } from "../../src/permissions";
import type { Policies } from "../../src/permissions";
import { changed, provableSystem } from "../support/proof";

const { policies, system } = provableSystem("codeseries.yaml");
const plain: Paint = (_, text) => text;
const summaryOf = async (given: Policies) => summaryText(await provePermissions(system, given), plain);

const pipelineRole = "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role";
const project = "arn:aws:codebuild:ap-northeast-2:202949997891:project/bys-shared-cdb-awssdk-iam-dev";

describe("the summary of a proof", () => {
  it("is about ten lines for a system that is proven", async () => {
    const lines = (await summaryOf(policies)).split("\n");
    expect(lines.map((line) => line.replaceAll(/\d+/g, "n"))).toEqual([
      "✓ proven: every required call is allowed, and nothing else",
      "  required calls   n of n allowed",
      "  forbidden calls  n of n denied",
      "  statements       n allow nothing more, n deny exactly what they must",
      "  wildcards        n, each with a reason from AWS",
      "  accounts         shared n, dev n",
      "  covered          awssdk-iam to dev, traffic of dev, events of dev, readers of pipelines to dev, operators of pipelines to dev, readers of deployments to dev, operators of deployments to dev, Terraform's state",
      expect.stringMatching(
        /^ {2}not checked {6}service and resource control policies, permissions boundaries, /,
      ),
      "  details          --verbose lists every call and what allows it, --html writes a page",
    ]);
  });

  it("says who lacks what, where, and what to add", async () => {
    const text = await summaryOf(changed(policies, '"codebuild:StartBuild",', ""));
    expect(text).toContain(
      [
        "✗ awssdk-iam to dev: cannot start the build and wait for it",
        `  role      ${pipelineRole}`,
        "  action    codebuild:StartBuild",
        `  resource  ${project}`,
        "  account   202949997891",
        `  policy "permissions" of ${pipelineRole} does not allow it`,
        `  add to policy "permissions" of ${pipelineRole}:`,
        "    {",
        '      "Sid": "StartTheBuildAndWaitForIt",',
        '      "Effect": "Allow",',
        '      "Action": "codebuild:StartBuild",',
        `      "Resource": "${project}"`,
        "    }",
      ].join("\n"),
    );
    const [, allowed, required] =
      /✗ not proven: 1 cause, above\n {2}required calls {3}(\d+) of (\d+) allowed\n/.exec(text) ?? [];
    expect(Number(allowed)).toBe(Number(required) - 1);
  });

  it("says what to remove, once for a statement", async () => {
    const action = '"codebuild:StartBuild","codebuild:ListFleets","codebuild:StopBuild",';
    const text = await summaryOf(changed(policies, '"codebuild:StartBuild",', action));
    const part = (name: string) =>
      `  Action ${name} of RunBuild in policy "permissions" of ${pipelineRole}: no required call uses it`;
    expect(text).toContain(`${part("codebuild:ListFleets")}\n${part("codebuild:StopBuild")}\n`);
    expect(
      text.match(/^✗ every delivery: a statement allows what no required call needs: remove it/gm),
    ).toHaveLength(1);
  });

  it("names a required action that is missing in the list of calls, and in the page", async () => {
    const report = await provePermissions(system, changed(policies, '"codebuild:StartBuild",', ""));
    expect(tableText(report, plain)).toContain("✗ codebuild:StartBuild, codebuild:BatchGetBuilds");
    expect(reportHtml(report, "")).toContain(
      "<h3>awssdk-iam to dev: cannot start the build and wait for it</h3>",
    );
  });
});
