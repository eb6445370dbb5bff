import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { networkCalls } from "./build-network";
import {
  assume,
  assumeFor,
  callsBy,
  deliveryFilesOf,
  encryptedWith,
  named,
  ofKey,
  throughS3,
  READ_SECRET,
  useOf,
  type Caller,
  WRITE_IMAGE,
} from "./call";

const FIND_BUCKET = "s3:GetBucketVersioning GetBucketAcl GetBucketLocation ListBucket";

/** What CodePipeline itself does with artifacts between the actions. */
export function artifactCalls(parties: Parties): RequiredCall[] {
  const { arns, examples, keyArn } = parties;
  const { artifact } = examples;
  const pipeline = callsBy(arns.roles.pipeline);
  return [
    pipeline("find the artifact bucket", FIND_BUCKET, arns.artifactBucket),
    pipeline(
      "store artifacts, encrypted with the delivery's key",
      "s3:PutObject",
      artifact,
      encryptedWith(keyArn),
    ),
    pipeline("store artifacts, encrypted by the bucket's default", "s3:PutObject PutObjectAcl", artifact),
    pipeline("read artifacts", "s3:GetObject GetObjectVersion", artifact),
    ...keyCalls(parties, pipeline),
  ];
}

const READ_AND_WRITE = "s3:GetObject GetObjectVersion PutObject";

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
const REPORT = "codebuild:CreateReportGroup CreateReport UpdateReport BatchPutTestCases";

const PUSH = `${WRITE_IMAGE} BatchGetImage GetDownloadUrlForLayer DescribeImages`;

/**
 * From the pipeline's build action to an image in the environment's registry.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function buildCalls(parties: Parties): RequiredCall[] {
  const { arns, buildParameterArns, buildSecretArns, examples, keyArn, settings } = parties;
  const { roles } = arns;
  const pipeline = callsBy(roles.pipeline);
  const build = callsBy(roles.build);
  const push = callsBy(roles.push);
  return [
    pipeline("start the build and wait for it", "codebuild:StartBuild BatchGetBuilds", arns.buildProject),
    assumeFor("run the build", "codebuild", roles.build, arns.buildProject),
    build("write the build's log", "logs:CreateLogStream PutLogEvents", examples.buildLogStream),
    build("find the artifact bucket", "s3:GetBucketAcl GetBucketLocation ListBucket", arns.artifactBucket),
    build("read the source, store the build's artifact", READ_AND_WRITE, examples.artifact),
    build(
      "store it encrypted with the delivery's key",
      "s3:PutObject",
      examples.artifact,
      encryptedWith(keyArn),
    ),
    ...deliveryFilesOf(arns).map((file) => build("read the delivery files", "s3:GetObject", file)),
    build("use the cache", READ_AND_WRITE, examples.buildCache),
    build("store the log", "s3:PutObject", examples.buildLog),
    ...keyCalls(parties, build),
    ...cloneCalls(parties, build),
    ...networkCalls(parties),
    ...buildSecretArns.map((one) => named(build("read a secret of the build", READ_SECRET, one))),
    ...buildParameterArns.map((one) => build("read a parameter of the build", "ssm:GetParameters", one)),
    ...(settings.build.reports ? [build("report the tests", REPORT, arns.reportGroup)] : []),
    assume("assume the push role", roles.build, roles.push),
    push("log in to the registry", "ecr:GetAuthorizationToken", "*"),
    push("push the image and read its digest", PUSH, arns.containerRepository),
  ];
}

/** A build gets an archive of its source, or clones it. */
function cloneCalls({ arns, service: { source } }: Parties, build: Caller): RequiredCall[] {
  const { clone, connection } = source;
  if (clone === "zip") return [];
  if (!connection) return [build("clone the source", "codecommit:GitPull", arns.repository)];
  const { arn } = connection;
  return [named(build("clone the source", useOf(arn), arn))];
}

const USE = "kms:Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo";

/**
 * What AWS documents for a role that reads and writes encrypted artifacts.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-kms.html
 */
const keyCalls = (parties: Parties, role: Caller): RequiredCall[] => [
  role("encrypt and decrypt artifacts", USE, parties.keyArn, throughS3(parties)),
  role("find the artifacts' key", "kms:DescribeKey", parties.keyArn, ofKey(parties)),
];
