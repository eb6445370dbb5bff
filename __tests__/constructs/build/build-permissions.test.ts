import { buildPermissions } from "../../../src/constructs/build/build-permissions";
import type { ImageBuildProps } from "../../../src/constructs/build/image-build";
import { Role } from "../../../src/constructs/iam/role";
import { trustService } from "../../../src/constructs/iam/trust";
import { policies, statement, synth } from "../../support/synth";

const bucketArn = "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam";
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
  variables: {},
  secrets: {},
  secretArns: [],
  parameterArns: [],
  artifacts: {
    bucketName: "bys-shared-s3-codeseries-awssdk-iam",
    bucketArn,
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

const stack = synth((scope) => {
  new Role(scope, "build", {
    name: "build",
    description: "Builds",
    trust: trustService({ service: "codebuild.amazonaws.com", sourceAccountId: "202949997891" }),
    permissions: buildPermissions(props),
  });
});
const permissions = policies(stack).build_permissions ?? [];
const onS3 = permissions.filter(({ actions }) => actions.some((action) => action.startsWith("s3:")));

describe("buildPermissions", () => {
  it("give each statement an id of its own", () => {
    expect(permissions.map(({ sid }) => sid)).toEqual([
      "WriteLogs",
      "FindArtifacts",
      "PassArtifacts",
      "ReadDeliveryFiles",
      "KeepCache",
      "KeepLogs",
      "UseArtifactKey",
      "AssumePushRole",
    ]);
  });

  it("write to the project's log group, and make none: Terraform does", () => {
    const logGroupArn =
      "arn:aws:logs:ap-northeast-2:202949997891:log-group:/aws/codebuild/bys-shared-cdb-awssdk-iam-dev";
    expect(statement(stack, "WriteLogs")).toEqual({
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${logGroupArn}:*`],
    });
  });

  it.each([
    ["FindArtifacts", bucketArn, ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"]],
    [
      "PassArtifacts",
      `${bucketArn}/bys-shared-cdpl*/*`,
      ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    ],
    ["KeepCache", `${bucketArn}/dev/cache*`, ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]],
    ["KeepLogs", `${bucketArn}/dev/logs/*`, ["s3:PutObject"]],
  ])("%s at %s, and no more", (sid, resource, actions) => {
    expect(statement(stack, sid)).toMatchObject({ actions, resources: [resource] });
  });

  it("read the delivery files, and never write them", () => {
    expect(statement(stack, "ReadDeliveryFiles")).toMatchObject({
      actions: ["s3:GetObject"],
      resources: [`${bucketArn}/delivery/taskdef.json`, `${bucketArn}/delivery/appspec.yml`],
    });
  });

  it("read the secrets and parameters of the build, and no other", () => {
    const secretArns = ["arn:aws:secretsmanager:ap-northeast-2:202949997891:secret:ci/npm-AbCdEf"];
    const parameterArns = ["arn:aws:ssm:ap-northeast-2:202949997891:parameter/ci/license"];
    const statements = buildPermissions({ ...props, parameterArns, secretArns });
    expect(statements.filter(({ sid }) => /^Read(Secrets|Parameters)$/.test(sid))).toEqual([
      { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: secretArns },
      { sid: "ReadParameters", actions: ["ssm:GetParameters"], resources: parameterArns },
    ]);
  });

  it("add results of tests to one report group, if there is one", () => {
    const reportGroupArn =
      "arn:aws:codebuild:ap-northeast-2:202949997891:report-group/bys-shared-cdb-awssdk-iam-dev-tests";
    expect(buildPermissions({ ...props, reportGroupArn }).find(({ sid }) => sid === "ReportTests")).toEqual({
      sid: "ReportTests",
      actions: [
        "codebuild:CreateReportGroup",
        "codebuild:CreateReport",
        "codebuild:UpdateReport",
        "codebuild:BatchPutTestCases",
      ],
      resources: [reportGroupArn],
    });
  });

  it("reach their own account's bucket only", () => {
    expect(onS3).toHaveLength(5);
    for (const { condition } of onS3)
      expect(condition).toEqual([
        { test: "StringEquals", variable: "aws:ResourceAccount", values: ["202949997891"] },
      ]);
  });

  it("neither reach the whole bucket nor delete from it", () => {
    expect(onS3.flatMap(({ resources }) => resources)).not.toContain(`${bucketArn}/*`);
    expect(JSON.stringify(onS3)).not.toContain("s3:Delete");
  });

  it("use one key, and do not administer it", () => {
    expect(statement(stack, "UseArtifactKey")).toEqual({
      sid: "UseArtifactKey",
      actions: ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: [props.artifacts.kmsKeyArn],
    });
  });

  it("take on one role, which pushes the image", () => {
    expect(statement(stack, "AssumePushRole")).toEqual({
      sid: "AssumePushRole",
      actions: ["sts:AssumeRole"],
      resources: ["arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role"],
    });
  });

  it("push no image themselves, and reach no registry of their own account", () => {
    expect(JSON.stringify(permissions)).not.toContain("ecr:");
  });

  it("hold for no whole service and no every resource", () => {
    expect(permissions.flatMap(({ resources }) => resources)).not.toContain("*");
    expect(permissions.flatMap(({ actions }) => actions)).not.toContainEqual(
      expect.stringMatching(/^(\*|[\w-]+:\*)$/),
    );
  });
});
