import { condition, type Statement } from "../iam/policy-document";
import { readSecrets } from "../iam/read-secrets";
import { useNetwork } from "./build-network";
import type { ImageBuildProps } from "./image-build";

/** Permissions of a build in its own account, and the role of another account that it may assume. */
export function buildPermissions(props: ImageBuildProps): Statement[] {
  const { accountId, artifacts, region } = props;
  const { bucketArn } = artifacts;
  const logGroupArn = `arn:aws:logs:${region}:${accountId}:log-group:${props.logGroupName}`;
  const ownBucket = [condition("StringEquals", "aws:ResourceAccount", accountId)];
  const readAndWrite = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"];
  return [
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${logGroupArn}:*`],
    },
    {
      sid: "FindArtifacts",
      actions: ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
      resources: [bucketArn],
      condition: ownBucket,
    },
    {
      sid: "PassArtifacts",
      actions: readAndWrite,
      resources: [`${bucketArn}/${artifacts.pipelineKeyPrefix}*/*`],
      condition: ownBucket,
    },
    {
      sid: "ReadDeliveryFiles",
      actions: ["s3:GetObject"],
      resources: artifacts.deliveryFileArns,
      condition: ownBucket,
    },
    // CodeBuild documents only the prefix of the cache object's key.
    {
      sid: "KeepCache",
      actions: readAndWrite,
      resources: [`${bucketArn}/${artifacts.cachePrefix}*`],
      condition: ownBucket,
    },
    {
      sid: "KeepLogs",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/${artifacts.logPrefix}/*`],
      condition: ownBucket,
    },
    {
      sid: "UseArtifactKey",
      actions: ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: [artifacts.kmsKeyArn],
    },
    ...(props.cloneSource === undefined ? [] : [props.cloneSource]),
    ...(props.network === undefined ? [] : useNetwork(props.network, region, accountId)),
    ...readSecrets(props),
    ...(props.reportGroupArn === undefined ? [] : [reportTests(props.reportGroupArn)]),
    { sid: "AssumePushRole", actions: ["sts:AssumeRole"], resources: [props.pushRoleArn] },
  ];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
const reportTests = (reportGroupArn: string): Statement => ({
  sid: "ReportTests",
  actions: [
    "codebuild:CreateReportGroup",
    "codebuild:CreateReport",
    "codebuild:UpdateReport",
    "codebuild:BatchPutTestCases",
  ],
  resources: [reportGroupArn],
});
