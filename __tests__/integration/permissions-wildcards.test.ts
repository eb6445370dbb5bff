import { readFileSync } from "node:fs";
import { join } from "node:path";
import { provePermissions } from "../../src/permissions";
import type * as Memoized from "../support/memoized-simulator";
import { changed, failuresOf, provableSystem } from "../support/proof";

jest.mock("@cloud-copilot/iam-simulate", () =>
  jest.requireActual<typeof Memoized>("../support/memoized-simulator").memoizedSimulator(),
);

const shipped = provableSystem("codeseries.yaml");
const bucket = "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam";
const deployments = "deploymentgroup:bys-dev-cddp-ecs-main-awssdk-iam";

/** Why the system is not proven when its policies have something else in place of a part. */
async function becauseOf(part: string, by: string): Promise<string[]> {
  const failures = await failuresOf(shipped.system, changed(shipped.policies, part, by));
  return failures.flatMap(({ because }) => because);
}

describe("a wildcard", () => {
  it.each([
    ["of actions", '"s3:GetBucketAcl"', '"s3:GetBucketA*"', "Action s3:GetBucketA* of FindArtifacts in "],
    ["of one character", '"s3:GetBucketAcl"', '"s3:GetBucketAc?"', "Action s3:GetBucketAc? of FindArtifacts"],
    [
      "of reading actions for a role",
      '"codecommit:GetBranch"',
      '"codecommit:Get*"',
      "Action codecommit:Get* of FetchSource",
    ],
    [
      "of regions",
      "arn:aws:codebuild:ap-northeast-2:202949997891:project/bys",
      "arn:aws:codebuild:*:202949997891:project/bys",
      "Resource arn:aws:codebuild:*:202949997891:project/",
    ],
    [
      "of accounts",
      '"Resource":"arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role"',
      '"Resource":"arn:aws:iam::*:role/bys-dev-iam-deploy-role"',
      "Resource arn:aws:iam::*:role/bys-dev-iam-deploy-role of AssumePushRole",
    ],
    [
      "of what begins with the same name",
      `"${bucket}/dev/logs/*"`,
      `"${bucket}/dev/logs*"`,
      `Resource ${bucket}/dev/logs* of KeepLogs`,
    ],
    [
      "of deployment groups",
      `${deployments}/bys-dev-cddpg-ecs-main-awssdk-iam"`,
      `${deployments}/*"`,
      `/* of StartDeployment`,
    ],
    [
      "of what a service acts for",
      "ap-northeast-2:558846431111:vpc-flow-log/*",
      "ap-northeast-2:558846431111:*",
      "Condition ArnLike aws:SourceArn arn:aws:ec2:ap-northeast-2:558846431111:*",
    ],
    [
      "of keys of every region",
      "arn:aws:kms:ap-northeast-2:202949997891:key/*",
      "arn:aws:kms:*:202949997891:key/*",
      "Resource arn:aws:kms:*:202949997891:key/* of DecryptArtifacts",
    ],
    [
      "of keys without the condition that names one",
      '"Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/bys-shared-kms-codeseries-awssdk-iam"}}',
      '"Condition":{}',
      "Resource arn:aws:kms:ap-northeast-2:202949997891:key/* of DecryptArtifacts",
    ],
    [
      "of principals",
      '"Principal":{"AWS":"arn:aws:iam::558846431111:root"}',
      '"Principal":{"AWS":"*"}',
      "Principal * of DeployRoleReadsArtifacts",
    ],
    [
      "that is none by its name",
      '"Action":"codepipeline:StartPipelineExecution"',
      '"NotAction":"codepipeline:GetPipeline"',
      "NotAction codepipeline:GetPipeline of StartPipeline",
    ],
    [
      "that a condition hides",
      '"StringEquals":{"aws:ResourceAccount"',
      '"StringEqualsIfExists":{"aws:ResourceAccount"',
      "Condition StringEqualsIfExists aws:ResourceAccount",
    ],
  ])("%s is found, and named with its statement", async (_, part, by, because) => {
    expect(await becauseOf(part, by)).toContainEqual(expect.stringContaining(because));
  });
});

describe("a deny statement", () => {
  const objects = `"${bucket}/*"`;
  it.each([
    [
      "of some actions only",
      "DenyInsecureConnections",
      '"Action":"s3:*"',
      '"Action":["s3:Get*","s3:Put*","s3:Delete*","s3:List*","s3:RestoreObject"]',
    ],
    [
      "of all actions but one",
      "DenyInsecureConnections",
      '"Action":"s3:*"',
      '"NotAction":"s3:GetObjectVersion"',
    ],
    ["of some objects only", "DenyKmsWithoutKeyId", `"Resource":${objects}`, `"Resource":"${bucket}/*y*"`],
    [
      "of some people only",
      "DenyKmsWithoutKeyId",
      '"Principal":"*"',
      `"Principal":{"AWS":"arn:aws:iam::202949997891:root"}`,
    ],
    [
      "of some keys only",
      "DenyWrongKmsKey",
      '"StringNotEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:ap-northeast-2:202949997891:key/',
      '"StringNotLike":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:*:202949997891:key/',
    ],
  ])("%s is found, and named with what it must be", async (_, sid, part, by) => {
    const buckets = changed(shipped.policies.buckets, part, by);
    const failures = await failuresOf(shipped.system, { ...shipped.policies, buckets });
    expect(failures).toContainEqual(
      expect.objectContaining({
        because: [
          `${sid} in bucket policy of ${bucket} is not exactly a deny statement of src/permissions/guards`,
        ],
        add: [expect.objectContaining({ statement: expect.objectContaining({ Sid: sid }) as unknown })],
      }),
    );
  });
});

describe("kms:* in a key policy", () => {
  const { keys } = shipped.policies;
  const root = (account: string) => `"Principal":{"AWS":"arn:aws:iam::${account}:root"}`;

  it.each([
    ["of a statement for another account", '"Action":"kms:DescribeKey"', '"Action":"kms:*"'],
    [
      "of the account's own statement with a condition",
      '"Action":"kms:*"',
      '"Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::202949997891:role/*"}},"Action":"kms:*"',
    ],
    ["of a statement for several accounts", root("202949997891"), root("*")],
  ])("is found in place %s", async (_, part, by) => {
    const failures = await failuresOf(shipped.system, { ...shipped.policies, keys: changed(keys, part, by) });
    expect(failures.flatMap(({ because }) => because)).toContainEqual(
      expect.stringMatching(/^Action kms:\* of \S+ in key policy of .*: AWS does not need this wildcard$/),
    );
  });
});

describe("the wildcards of every system here", () => {
  const files = ["codeseries.yaml", "three-environments.yaml", "one-account.yaml"].map((file) =>
    file === "codeseries.yaml" ? file : `__tests__/fixtures/${file}`,
  );

  it("have a reason each, which is listed for people too", async () => {
    const documentation = readFileSync(
      join(__dirname, "..", "..", "docs", "guide", "permissions.md"),
      "utf8",
    );
    const reasons = new Set<string | undefined>();
    for (const file of files) {
      const { policies, system } = provableSystem(file);
      for (const { reason } of (await provePermissions(system, policies)).wildcards) reasons.add(reason);
    }
    for (const reason of reasons) expect(documentation).toContain(reason);
    expect(reasons.size).toBeGreaterThan(10);
  });
});
