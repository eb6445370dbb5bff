import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fc } from "../support/fast-check";
import { stringify } from "yaml";
import { isAllowed, type NamingLimit } from "../../src/config/schema/name-limits";
import { brokenContent, validContent, type Content } from "../support/arbitrary-config";
import { shippedYaml } from "../support/faults";
import { runCli } from "../support/run-cli";
import type { Stack } from "../support/synth";

const folder = mkdtempSync(join(tmpdir(), "codeseries-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(text: string, outdir: string) {
  const file = join(folder, "c.yaml");
  writeFileSync(file, text);
  return runCli(["synth"], { CODESERIES_CONFIG: file, CDKTF_OUTDIR: join(folder, outdir) });
}

const yaml = (content: Content) => stringify(content, { aliasDuplicateObjects: false });

function written(outdir: string): Map<string, string> {
  const files = readdirSync(join(folder, outdir), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ name, parentPath }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

/** Where each kind of resource has its name, and AWS's rule for it. */
const nameAttributes: Readonly<Record<string, readonly [attribute: string, limit: NamingLimit]>> = {
  aws_cloudwatch_event_rule: ["name", "eventRule"],
  aws_cloudwatch_log_group: ["name", "logGroup"],
  aws_cloudwatch_metric_alarm: ["alarm_name", "alarm"],
  aws_codebuild_project: ["name", "buildProject"],
  aws_codecommit_repository: ["repository_name", "codeCommitRepository"],
  aws_codedeploy_app: ["name", "codeDeployApplication"],
  aws_codedeploy_deployment_config: ["deployment_config_name", "deploymentConfig"],
  aws_codedeploy_deployment_group: ["deployment_group_name", "deploymentGroup"],
  aws_codepipeline: ["name", "pipeline"],
  aws_ecr_repository: ["name", "ecrRepository"],
  aws_ecs_cluster: ["name", "ecsCluster"],
  aws_ecs_service: ["name", "ecsService"],
  aws_ecs_task_definition: ["family", "taskFamily"],
  aws_iam_policy: ["name", "iamPolicy"],
  aws_iam_role: ["name", "iamRole"],
  aws_kms_alias: ["name", "kmsAlias"],
  aws_lb: ["name", "loadBalancer"],
  aws_lb_target_group: ["name", "targetGroup"],
  aws_s3_bucket: ["bucket", "s3Bucket"],
  aws_security_group: ["name", "securityGroup"],
};

/** Names that AWS would refuse, in a synthesized stack. */
function refusedNames({ resource = {} }: Stack): string[] {
  return Object.entries(nameAttributes).flatMap(([type, [attribute, limit]]) =>
    Object.values(resource[type] ?? {})
      .map((block) => String(block[attribute]))
      .filter((name) => !isAllowed(limit, name)),
  );
}

describe("any valid configuration", () => {
  it("synthesizes, with names that AWS takes", async () => {
    await fc.assert(
      fc.asyncProperty(validContent, async (content) => {
        expect(await run(yaml(content), "valid")).toMatchObject({ code: 0 });
        for (const [file, json] of written("valid"))
          if (file.endsWith("cdk.tf.json")) expect(refusedNames(JSON.parse(json) as Stack)).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});

describe("any broken configuration", () => {
  it("exits 2, names the path, shows no stack trace, and leaves what there was", async () => {
    await run(shippedYaml, "before");
    const before = written("before");
    await fc.assert(
      fc.asyncProperty(brokenContent, async ({ content, path }) => {
        const { code, err } = await run(yaml(content), "before");
        expect(code).toBe(2);
        expect(
          err.split("\n").some((line) => line.includes(` ${path}: expected `) || line.includes(` ${path}.`)),
        ).toBe(true);
        expect(err).not.toMatch(/^\s+at /m);
        expect(written("before")).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  it("shows no stack trace for any text", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string({ unit: fc.constantFrom(...Array.from("{}[]:-&*!|>'\"%@` \n\tab1")) }),
        ),
        async (text) => {
          const { code, err } = await run(text, "before");
          expect(code).toBe(2);
          expect(err).not.toMatch(/^\s+at /m);
        },
      ),
      { numRuns: 300 },
    );
  });
});
