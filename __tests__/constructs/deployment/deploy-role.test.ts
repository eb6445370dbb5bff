import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { DeployRole, type DeployRoleProps } from "../../../src/constructs/deployment/deploy-role";
import { policies, statement, synth, theOnly } from "../../support/synth";

const props: DeployRoleProps = {
  name: "bys-dev-iam-create-cdp-in-shared",
  accountId: "558846431111",
  region: "ap-northeast-2",
  pipeline: {
    accountId: "202949997891",
    pipelineRoleArn: "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role",
    artifactBucketArn: "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
    artifactKeyAlias: "alias/bys-shared-kms-codeseries",
  },
  applicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
  deploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
  deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
  taskFamily: "bys-dev-td-awssdk-iam",
  taskRoleArns: [
    "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-exec-role",
    "arn:aws:iam::558846431111:role/bys-dev-iam-ecs-task-role",
  ],
};

const build = (overrides: Partial<DeployRoleProps> = {}) =>
  synth((scope) => new DeployRole(scope, "deploy-role", { ...props, ...overrides }));

const stack = build();
const permissions = policies(stack)["deploy-role_permissions"] ?? [];
const actions = permissions.flatMap((one) => one.actions);

const application =
  "arn:aws:codedeploy:ap-northeast-2:558846431111:application:bys-dev-cddp-ecs-main-awssdk-iam";
const ofSharedAccount = { test: "StringEquals", variable: "aws:ResourceAccount", values: ["202949997891"] };

describe("DeployRole", () => {
  it("has the name by which the pipeline knows it", () => {
    expect(theOnly(stack, IamRole).name).toBe("bys-dev-iam-create-cdp-in-shared");
  });

  it("is assumed by the pipeline role only, through its account's root", () => {
    expect(policies(stack)["deploy-role_trust"]).toEqual([
      {
        sid: "AssumeFromOneRole",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "AWS", identifiers: ["arn:aws:iam::202949997891:root"] }],
        condition: [
          { test: "ArnEquals", variable: "aws:PrincipalArn", values: [props.pipeline.pipelineRoleArn] },
        ],
      },
    ]);
  });

  it("asks for no source ARN or account, which AWS does not send from role to role", () => {
    expect(JSON.stringify(statement(stack, "AssumeFromOneRole"))).not.toContain("aws:Source");
  });

  describe("with artifacts", () => {
    it("reads the objects of the shared account's bucket", () => {
      expect(statement(stack, "ReadArtifacts")).toMatchObject({
        actions: ["s3:GetObject", "s3:GetObjectVersion"],
        resources: ["arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam/*"],
        condition: [ofSharedAccount],
      });
    });

    it("finds them in the bucket", () => {
      expect(statement(stack, "FindArtifacts")).toMatchObject({
        actions: ["s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
        resources: ["arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam"],
        condition: [ofSharedAccount],
      });
    });

    it("decrypts them by the one key that has the alias: an alias as resource would grant nothing", () => {
      expect(statement(stack, "DecryptArtifacts")).toMatchObject({
        resources: ["arn:aws:kms:ap-northeast-2:202949997891:key/*"],
        condition: [
          {
            test: "ForAnyValue:StringEquals",
            variable: "kms:ResourceAliases",
            values: ["alias/bys-shared-kms-codeseries"],
          },
        ],
      });
    });

    it("never writes, deletes or encrypts", () => {
      expect(actions.filter((action) => /^(s3|kms):/.test(action))).toEqual([
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetBucketLocation",
        "s3:GetBucketVersioning",
        "s3:ListBucket",
        "kms:Decrypt",
        "kms:DescribeKey",
      ]);
    });
  });

  describe("with CodeDeploy", () => {
    it("registers revisions of one application", () => {
      expect(statement(stack, "RegisterRevision")).toMatchObject({
        actions: [
          "codedeploy:GetApplication",
          "codedeploy:GetApplicationRevision",
          "codedeploy:RegisterApplicationRevision",
        ],
        resources: [application],
      });
    });

    it("starts and watches deployments of one group", () => {
      expect(statement(stack, "StartDeployment")).toMatchObject({
        actions: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
        resources: [
          "arn:aws:codedeploy:ap-northeast-2:558846431111:deploymentgroup:bys-dev-cddp-ecs-main-awssdk-iam/bys-dev-cddpg-ecs-main-awssdk-iam",
        ],
      });
    });

    it("reads the deployment configuration that the group uses", () => {
      const deploymentConfigName = "bys-dev-linear-10-percent-1-minutes";
      expect(statement(build({ deploymentConfigName }), "ReadDeploymentConfig")).toMatchObject({
        actions: ["codedeploy:GetDeploymentConfig"],
        resources: [
          `arn:aws:codedeploy:ap-northeast-2:558846431111:deploymentconfig:${deploymentConfigName}`,
        ],
      });
    });

    it("neither stops deployments nor changes the group", () => {
      expect(
        actions.filter((action) => /^codedeploy:(?!Get|Register|CreateDeployment$)/.test(action)),
      ).toEqual([]);
    });
  });

  describe("with ECS", () => {
    it("tags the service's task definitions, and only as it registers them", () => {
      expect(statement(stack, "TagTaskDefinition")).toMatchObject({
        actions: ["ecs:TagResource"],
        resources: ["arn:aws:ecs:ap-northeast-2:558846431111:task-definition/bys-dev-td-awssdk-iam:*"],
        condition: [
          { test: "StringEquals", variable: "ecs:CreateAction", values: ["RegisterTaskDefinition"] },
        ],
      });
    });

    it("changes no service and runs no task: that is CodeDeploy's", () => {
      expect(actions.filter((action) => action.startsWith("ecs:"))).toEqual([
        "ecs:RegisterTaskDefinition",
        "ecs:TagResource",
      ]);
    });

    it("passes the task roles to tasks, and no role to anything else", () => {
      expect(permissions.filter((one) => one.actions.some((action) => action.startsWith("iam:")))).toEqual([
        {
          sid: "PassTaskRoles",
          actions: ["iam:PassRole"],
          resources: props.taskRoleArns,
          condition: [
            { test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] },
          ],
        },
      ]);
    });
  });

  it("uses every resource for registering task definitions only", () => {
    const everywhere = permissions.filter(({ resources }) => resources?.includes("*"));
    expect(everywhere.flatMap((one) => one.actions)).toEqual(["ecs:RegisterTaskDefinition"]);
  });

  it("allows no action by a wildcard", () => {
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });
});
