import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformOutput } from "cdktf";
import { buildPermissions } from "../../../src/constructs/build/build-permissions";
import { ImageBuild, type ImageBuildProps } from "../../../src/constructs/build/image-build";
import { policies, statement, synth, theOnly } from "../../support/synth";

const props: ImageBuildProps = {
  projectName: "bys-shared-cdb-awssdk-iam-dev",
  roleName: "bys-shared-iam-cdb-role",
  rolePath: "/service-role/",
  logGroupName: "/aws/codebuild/bys-shared-cdb-awssdk-iam-dev",
  accountId: "202949997891",
  region: "ap-northeast-2",
  architecture: "x86_64",
  image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
  computeType: "BUILD_GENERAL1_SMALL",
  buildspec: "codeseries/codebuild/buildspec.yml",
  timeoutMinutes: 30,
  variables: { ENVIRONMENT: "dev", APPLICATION_PORT: "8080" },
  secrets: {},
  secretArns: [],
  parameterArns: [],
  artifacts: {
    bucketName: "bys-shared-s3-codeseries-awssdk-iam",
    bucketArn: "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
    kmsKeyArn: "arn:aws:kms:ap-northeast-2:202949997891:key/1a2b3c4d-71d6-4e5f-9c3b-5d6e7f809102",
    cachePrefix: "dev/cache",
    logPrefix: "dev/logs",
    pipelineKeyPrefix: "bys-shared-cdpl",
    deliveryFileArns: ["taskdef.json", "appspec.yml"].map(
      (name) => `arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam/delivery/${name}`,
    ),
  },
  pushRoleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role",
  logRetentionDays: 30,
};

const build = (overrides: Partial<ImageBuildProps> = {}) =>
  synth((scope) => {
    const { projectName } = new ImageBuild(scope, "build", { ...props, ...overrides });
    new TerraformOutput(scope, "made", { value: projectName });
  });

const stack = build();
const project = theOnly(stack, CodebuildProject);

describe("ImageBuild", () => {
  it("is an action of a pipeline, on both its ends", () => {
    expect(project).toMatchObject({
      name: "bys-shared-cdb-awssdk-iam-dev",
      source: { type: "CODEPIPELINE", buildspec: "codeseries/codebuild/buildspec.yml" },
      artifacts: { type: "CODEPIPELINE" },
    });
  });

  it("leaves source and branch to the pipeline", () => {
    expect(project).not.toHaveProperty("source_version");
    expect(project.source).not.toHaveProperty("location");
  });

  it("runs a curated image with a Docker daemon inside", () => {
    expect(project.environment).toMatchObject({
      type: "LINUX_CONTAINER",
      image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
      compute_type: "BUILD_GENERAL1_SMALL",
      image_pull_credentials_type: "CODEBUILD",
      privileged_mode: true,
    });
  });

  it("tells the build its variables", () => {
    expect(project.environment).toMatchObject({
      environment_variable: [
        { name: "ENVIRONMENT", value: "dev" },
        { name: "APPLICATION_PORT", value: "8080" },
      ],
    });
  });

  it("gets secrets and parameters from their services, not as text", () => {
    const secret = "arn:aws:secretsmanager:ap-northeast-2:202949997891:secret:ci/npm-AbCdEf:token::";
    const { environment } = theOnly(
      build({
        secrets: {
          NPM_TOKEN: { type: "SECRETS_MANAGER", value: secret },
          LICENSE: { type: "PARAMETER_STORE", value: "/ci/license" },
        },
      }),
      CodebuildProject,
    );
    expect((environment as { environment_variable: object[] }).environment_variable.slice(2)).toEqual([
      { name: "NPM_TOKEN", type: "SECRETS_MANAGER", value: secret },
      { name: "LICENSE", type: "PARAMETER_STORE", value: "/ci/license" },
    ]);
  });

  it("builds on the processor of the image", () => {
    const image = "aws/codebuild/amazonlinux-aarch64-standard:3.0";
    expect(theOnly(build({ architecture: "arm64", image }), CodebuildProject).environment).toMatchObject({
      type: "ARM_CONTAINER",
      image,
    });
  });

  it("gives up after the configured time, and after CodeBuild's longest wait in the queue", () => {
    expect(project).toMatchObject({ build_timeout: 30, queued_timeout: 480 });
  });

  it("encrypts with the key's ARN, never an alias", () => {
    expect(project.encryption_key).toBe(props.artifacts.kmsKeyArn);
    expect(JSON.stringify(stack)).not.toContain("alias/");
  });

  it("keeps its cache in the artifact bucket", () => {
    expect(project.cache).toEqual({
      type: "S3",
      location: "bys-shared-s3-codeseries-awssdk-iam/dev/cache",
    });
  });

  it("logs to CloudWatch, and to the bucket encrypted, as its policy demands", () => {
    expect(project.logs_config).toEqual({
      cloudwatch_logs: {
        status: "ENABLED",
        group_name: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.[\w-]+\.name\}$/) as string,
      },
      s3_logs: {
        status: "ENABLED",
        location: "bys-shared-s3-codeseries-awssdk-iam/dev/logs",
        encryption_disabled: false,
      },
    });
  });

  it.each([30, 365])("keeps its CloudWatch logs for the configured %i days", (logRetentionDays) => {
    expect(theOnly(build({ logRetentionDays }), CloudwatchLogGroup)).toEqual({
      name: "/aws/codebuild/bys-shared-cdb-awssdk-iam-dev",
      retention_in_days: logRetentionDays,
    });
  });

  it("waits for its role's policy", () => {
    expect(project).toMatchObject({
      service_role: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
  });

  it("gives the name as a reference to the project", () => {
    expect(stack.output?.made?.value).toMatch(/^\$\{aws_codebuild_project\.\w+\.name\}$/);
  });
});

describe("the role of a build", () => {
  it("stands where its ARN is expected", () => {
    expect(theOnly(stack, IamRole)).toMatchObject({
      name: "bys-shared-iam-cdb-role",
      path: "/service-role/",
    });
  });

  it("is assumed by CodeBuild, for that project only", () => {
    expect(statement(stack, "AssumeForOwnResource")).toMatchObject({
      principals: [{ type: "Service", identifiers: ["codebuild.amazonaws.com"] }],
      condition: [
        { test: "StringEquals", variable: "aws:SourceAccount", values: ["202949997891"] },
        {
          test: "ArnEquals",
          variable: "aws:SourceArn",
          values: ["arn:aws:codebuild:ap-northeast-2:202949997891:project/bys-shared-cdb-awssdk-iam-dev"],
        },
      ],
    });
  });

  it("may do what a build needs", () => {
    expect(policies(stack).build_role_permissions).toEqual(buildPermissions(props));
  });
});
