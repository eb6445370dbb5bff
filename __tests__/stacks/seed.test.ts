import { resolve } from "../support/resolved";
import type { Block } from "../support/synth";
import { configFile, synthApp } from "../support/synth-app";

const stacks = synthApp(configFile("codeseries.yaml"));

/** The one resource of a type whose attribute has that value, its references resolved. */
function found(stack: string, type: string, attribute: string, value: string): Block {
  const resources = Object.values(stacks[stack]?.resource?.[type] ?? {});
  const match = resources.filter((resource) => resource[attribute] === value);
  if (match.length !== 1)
    throw new Error(`expected one ${type} with ${attribute} ${value}, got ${match.length}`);
  return resolve(stacks, stack, match[0] as Block);
}

const SHARED = "202949997891";
const DEV = "558846431111";

describe("the shipped configuration gives the seed's system to the letter", () => {
  it.each([
    ["shared", "aws_codecommit_repository", "repository_name", "awssdk-iam"],
    ["shared", "aws_s3_bucket", "bucket", "bys-shared-s3-codeseries-awssdk-iam"],
    ["dev", "aws_iam_role", "name", "bys-dev-iam-deploy-role"],
    ["dev", "aws_iam_role", "name", "bys-dev-iam-create-cdp-in-shared"],
    ["dev", "aws_iam_role", "name", "bys-dev-iam-cdp-role"],
    ["dev", "aws_ecs_task_definition", "family", "bys-dev-td-awssdk-iam"],
    ["dev", "aws_ecr_repository", "name", "ecs/dev-awssdk-iam"],
    ["dev", "aws_codedeploy_app", "name", "bys-dev-cddp-ecs-main-awssdk-iam"],
    ["dev", "aws_codedeploy_deployment_group", "deployment_group_name", "bys-dev-cddpg-ecs-main-awssdk-iam"],
  ])("in %s: %s %s %s", (stack, type, attribute, name) => {
    expect(found(stack, type, attribute, name)).toBeDefined();
  });

  it.each(["bys-shared-iam-cdb-role", "bys-shared-iam-cdpl-awssdk-iam-role"])(
    "%s lies under /service-role/",
    (name) => {
      expect(found("shared", "aws_iam_role", "name", name).path).toBe("/service-role/");
    },
  );

  it("builds as bys-shared-cdb-awssdk-iam-dev, with cache and logs in the artifact bucket", () => {
    const project = found("shared", "aws_codebuild_project", "name", "bys-shared-cdb-awssdk-iam-dev");
    expect(project).toMatchObject({
      service_role: `arn:aws:iam::${SHARED}:role/service-role/bys-shared-iam-cdb-role`,
      build_timeout: 60,
      queued_timeout: 480,
      source: { type: "CODEPIPELINE", buildspec: "codeseries/codebuild/buildspec.yml" },
      artifacts: { type: "CODEPIPELINE" },
      cache: { type: "S3", location: "bys-shared-s3-codeseries-awssdk-iam/dev/cache" },
      logs_config: {
        s3_logs: { location: "bys-shared-s3-codeseries-awssdk-iam/dev/logs", encryption_disabled: false },
      },
      environment: { privileged_mode: true, compute_type: "BUILD_GENERAL1_SMALL" },
    });
  });

  it("tells the build what its buildspec needs", () => {
    const { environment } = found("shared", "aws_codebuild_project", "name", "bys-shared-cdb-awssdk-iam-dev");
    const { environment_variable: variables } = environment as {
      environment_variable: { name: string; value: string }[];
    };
    expect(Object.fromEntries(variables.map(({ name, value }) => [name, value]))).toEqual({
      ENVIRONMENT: "dev",
      EXPECTED_BRANCH: "develop",
      AWS_REGION: "ap-northeast-2",
      ACCOUNT_NO: DEV,
      REGISTRY_URL: `${DEV}.dkr.ecr.ap-northeast-2.amazonaws.com`,
      ECR_REPOSITORY: "ecs/dev-awssdk-iam",
      PUSH_ROLE_ARN: `arn:aws:iam::${DEV}:role/bys-dev-iam-deploy-role`,
      APPLICATION_NAME: "awssdk-iam",
      APPLICATION_PATH: "iam",
      APPLICATION_PORT: "10012",
      APPLICATION_VERSION: "0.0.1",
      DELIVERY_FILES: "s3://bys-shared-s3-codeseries-awssdk-iam/delivery",
    });
  });

  it("delivers through Source, Build and DevDeploy", () => {
    const { role_arn, stage } = found("shared", "aws_codepipeline", "name", "bys-shared-cdpl-awssdk-iam-dev");
    expect(role_arn).toBe(`arn:aws:iam::${SHARED}:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role`);
    type Action = { namespace?: string; role_arn?: string; configuration: Record<string, string> };
    const stages = stage as { name: string; action: [Action] }[];
    expect(stages.map(({ name }) => name)).toEqual(["Source", "Build", "DevDeploy"]);
    const [source, build, deploy] = stages.map(({ action: [action] }) => action);
    expect(source).toMatchObject({
      namespace: "SourceVariables",
      configuration: { RepositoryName: "awssdk-iam", BranchName: "develop" },
    });
    expect(build).toMatchObject({
      namespace: "BuildVariables",
      configuration: { ProjectName: "bys-shared-cdb-awssdk-iam-dev" },
    });
    expect(JSON.parse(build?.configuration.EnvironmentVariables ?? "")).toEqual([
      { name: "COMMIT_ID", value: "#{SourceVariables.CommitId}", type: "PLAINTEXT" },
      { name: "BRANCH_NAME", value: "#{SourceVariables.BranchName}", type: "PLAINTEXT" },
    ]);
    expect(deploy).toMatchObject({
      role_arn: `arn:aws:iam::${DEV}:role/bys-dev-iam-create-cdp-in-shared`,
      configuration: {
        ApplicationName: "bys-dev-cddp-ecs-main-awssdk-iam",
        DeploymentGroupName: "bys-dev-cddpg-ecs-main-awssdk-iam",
      },
    });
  });

  it("serves port 10012", () => {
    const { container_definitions } = found(
      "dev",
      "aws_ecs_task_definition",
      "family",
      "bys-dev-td-awssdk-iam",
    );
    const [container] = JSON.parse(String(container_definitions)) as [
      { name: string; portMappings: object[] },
    ];
    expect(container).toMatchObject({ name: "awssdk-iam", portMappings: [{ containerPort: 10012 }] });
  });

  it("lets the build push to one repository of dev", () => {
    const policies = resolve(stacks, "dev", stacks.dev?.resource?.aws_iam_role_policy);
    expect(JSON.stringify(policies)).toContain(
      `arn:aws:ecr:ap-northeast-2:${DEV}:repository/ecs/dev-awssdk-iam`,
    );
  });
});
