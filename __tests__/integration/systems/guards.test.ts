import { isAllowed } from "../../../src/permissions/check/answers";
import { policiesOfStacks } from "../../../src/permissions";
import type { Policy } from "../../../src/permissions/read/policies";
import type { PolicyStatement } from "../../../src/permissions/read/policy-json";
import { systemOf } from "../../../src/system/system";
import { configFile, synthApp } from "../../support/synth-app";
import { changes, checkGuards, type Checked } from "../../permissions/mutations/check";
import { mutantsOf } from "../../permissions/mutations/mutants";

const SHARED = "202949997891";
const DEV = "558846431111";

const system = systemOf(configFile("codeseries.yaml"));
const policies = policiesOfStacks(synthApp(configFile("codeseries.yaml")));

describe("a condition that is removed", () => {
  let checked: Checked;
  beforeAll(async () => {
    checked = await checkGuards(system, policies);
  });

  /** Why the policies of a holder without that condition are refused. */
  async function reasonsWithout(holder: string, sid: string, condition: string): Promise<string[]> {
    const [mutant] = checked.policies
      .filter((policy) => policy.holder.endsWith(holder))
      .flatMap(mutantsOf<Policy>)
      .filter(({ kind, statement }) => kind === "condition removed" && statement.Sid === sid)
      .filter(({ change }) => change.endsWith(condition));
    if (!mutant) throw new Error(`there is no ${condition} in ${sid} of ${holder}`);
    const reasons = new Set<string>();
    for (const answer of checked.decidedBy(mutant.original).forbidden)
      if (await changes(answer, mutant, checked.simulate)) reasons.add(answer.call.reason);
    return [...reasons];
  }

  const build = "bys-shared-iam-cdb-role";
  const pipeline = "bys-shared-iam-cdpl-awssdk-iam-role";
  const push = "bys-dev-iam-deploy-role";
  const deploy = "bys-dev-iam-create-cdp-in-shared";
  const codeDeploy = "bys-dev-iam-cdp-role";
  const operators = "bys-dev-iam-operators";
  const readers = "bys-dev-iam-readers";
  const bucket = "bys-shared-s3-codeseries-awssdk-iam";
  const key = policies.keys[0]?.arn ?? "";
  const sameName = "a bucket with the same name in another account would be used";

  it.each([
    [push, "AssumeFromOneRole", "aws:PrincipalArn", ["another role would push the image"]],
    [deploy, "AssumeFromOneRole", "aws:PrincipalArn", ["another role would release the service"]],
    [
      build,
      "AssumeForOwnResource",
      "aws:SourceArn",
      ["codebuild would assume the role for another resource of the account"],
    ],
    [
      build,
      "AssumeForOwnResource",
      "every condition",
      [
        "codebuild would assume the role for a resource of another account",
        "codebuild would assume the role for another resource of the account",
        "codebuild would assume the role for no resource",
      ],
    ],
    [
      pipeline,
      "AssumeForOwnResource",
      "aws:SourceAccount",
      [
        "codepipeline would assume the role for a resource of another account",
        "codepipeline would assume the role for no resource",
      ],
    ],
    [
      "bys-dev-iam-flow-logs-role",
      "AssumeForOwnResource",
      "aws:SourceArn",
      [expect.stringContaining("vpc-flow-logs")],
    ],
    [build, "PassArtifacts", "aws:ResourceAccount", [sameName]],
    [build, "ReadDeliveryFiles", "aws:ResourceAccount", [sameName]],
    [build, "KeepCache", "aws:ResourceAccount", [sameName]],
    [build, "KeepLogs", "aws:ResourceAccount", [sameName]],
    [pipeline, "FindArtifacts", "aws:ResourceAccount", [sameName]],
    [deploy, "ReadArtifacts", "aws:ResourceAccount", [sameName]],
    [deploy, "DecryptArtifacts", "kms:ResourceAliases", ["one service would decrypt another's artifacts"]],
    [
      deploy,
      "TagTaskDefinition",
      "ecs:CreateAction",
      ["a release would change the tags of a registered task definition"],
    ],
    [deploy, "PassTaskRoles", "iam:PassedToService", ["another service would get a task's role"]],
    [codeDeploy, "PassTaskRoles", "iam:PassedToService", ["another service would get a task's role"]],
    [
      operators,
      "TagTaskDefinition",
      "ecs:CreateAction",
      ["a release would change the tags of a registered task definition"],
    ],
    [operators, "PassTaskRoles", "iam:PassedToService", ["another service would get a task's role"]],
    [readers, "FindTasks", "ecs:cluster", ["a reader would see another cluster"]],
    [
      "log-group:/aws/events/bys-dev",
      "KeepEventsOfRules",
      "aws:SourceArn",
      ["another rule would write into the log of events"],
    ],
    [bucket, "DeployRoleReadsArtifacts", "aws:PrincipalArn", ["another role would read the artifacts"]],
    [bucket, "DeployRoleReadsBucket", "aws:PrincipalArn", ["another role would list the artifacts"]],
    [key, "DevDeployRoleDescribes", "aws:PrincipalArn", ["another role would use the key"]],
    [key, "DevDeployRoleDecryptsThroughS3", "aws:PrincipalArn", ["another role would decrypt the artifacts"]],
    [
      key,
      "DevDeployRoleDecryptsThroughS3",
      "kms:ViaService",
      [
        "the deploy role would decrypt without S3",
        "the deploy role would decrypt through S3 in another region",
      ],
    ],
    [
      key,
      "DevDeployRoleDecryptsThroughS3",
      "kms:EncryptionContext:aws:s3:arn",
      [
        "the deploy role would decrypt files of another bucket",
        "the deploy role would decrypt data without an encryption context",
      ],
    ],
  ])("from %s, %s, %s is named by what would happen", async (holder, sid, condition, reasons) => {
    expect(await reasonsWithout(holder, sid, condition)).toEqual(reasons);
  });
});

describe("a statement that is added", () => {
  const policy = (...Statement: readonly PolicyStatement[]) => ({ Version: "2012-10-17", Statement });
  const allow = (Action: string | string[], account: string, Resource?: string): PolicyStatement => ({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action,
    ...(Resource !== undefined && { Resource }),
  });

  /** The reasons that a change of the policies adds. */
  async function reasonsWith(changed: typeof policies): Promise<string[]> {
    const { forbidden } = await checkGuards(system, changed);
    return [
      ...new Set(forbidden.filter(({ decision }) => isAllowed(decision)).map(({ call }) => call.reason)),
    ];
  }

  it("to a resource's policy, for another account, is named", async () => {
    const reasons = await reasonsWith({
      ...policies,
      repositories: policies.repositories.map((one) => ({ ...one, policy: policy(allow("ecr:*", SHARED)) })),
      buckets: policies.buckets.map((one) => ({
        ...one,
        policy: policy(...(one.policy?.Statement ?? []), allow("s3:*", DEV, `${one.arn}/*`)),
      })),
      keys: policies.keys.map((one) => ({ ...one, policy: policy(allow("kms:*", DEV, "*")) })),
    });
    for (const reason of [
      "another account would pull or replace the image",
      "another role would read the artifacts",
      "another account would read or change the state",
      "another role would decrypt the artifacts",
      "another role would use the key",
      "an environment would change the artifacts",
      "an environment would encrypt artifacts",
    ])
      expect(reasons).toContain(reason);
  });

  it("that allows everything to every role is named by everything a role must not do", async () => {
    const everything: PolicyStatement = { Effect: "Allow", Action: "*", Resource: "*" };
    const administrators = policies.roles.map((role) => ({
      ...role,
      identity: [{ name: "everything", document: policy(everything) }],
    }));
    const managed = policies.managed.map((one) => ({ ...one, document: policy(everything) }));
    const reasons = await reasonsWith({ ...policies, roles: administrators, managed });
    for (const reason of [
      "a build would change the source",
      "a build would release by itself",
      "a build would push without the push role",
      "a pipeline would approve its own release",
      "a pipeline would change the build",
      "a pipeline would deploy without the deploy role",
      "a release would bypass CodeDeploy",
      "a task would get another role",
      "a role would change its own permissions",
      "a delivery would read the state",
      "a release would change the delivery files",
      "a release would delete the delivery files",
      "a developer would release without a commit",
      "an application would release itself",
      "an environment would change the artifacts",
    ])
      expect(reasons).toContain(reason);
  });
});

describe("a deny statement that is removed", () => {
  it.each([
    ["DenyInsecureConnections", ["data would be sent without TLS"]],
    [
      "DenyWrongEncryptionAlgorithm",
      ["an artifact would be encrypted with S3's own key", "an artifact would be encrypted twice"],
    ],
    ["DenyWrongKmsKey", ["an artifact would be encrypted with another key"]],
    ["DenyKmsWithoutKeyId", ["an artifact would be encrypted with aws/s3, which no other account can use"]],
  ])("%s, is named by what would happen, with the statement to add", async (sid, reasons) => {
    const changed = policies.buckets.map((one) => ({
      ...one,
      policy: one.policy && {
        ...one.policy,
        Statement: one.policy.Statement.filter((statement) => statement.Sid !== sid),
      },
    }));
    const { forbidden } = await checkGuards(system, { ...policies, buckets: changed });
    const allowed = forbidden.filter(({ decision }) => isAllowed(decision));
    expect([...new Set(allowed.map(({ call }) => call.reason))]).toEqual(reasons);
    for (const { call } of allowed) expect(call.deniedBy?.Sid).toBe(sid);
  });
});
