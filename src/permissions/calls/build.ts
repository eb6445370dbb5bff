import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { keyCalls } from "./artifacts";
import { assume, callsBy, deliveryFilesOf, encryptedWith, named, onBehalfOf } from "./call";

/** From the pipeline's build action to an image in the environment's registry. */
export const buildCalls = (parties: Parties): RequiredCall[] => {
  const { arns, shared } = parties;
  return [
    callsBy(arns.roles.pipeline, shared.id)(
      "start the build and wait for it",
      ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
      arns.buildProject,
    ),
    assume(
      "run the build",
      "codebuild.amazonaws.com",
      arns.roles.build,
      onBehalfOf(shared.id, arns.buildProject),
    ),
    ...storageCalls(parties),
    ...keyCalls(parties, arns.roles.build),
    ...secretCalls(parties),
    ...(parties.settings.build.reports ? [reportCall(parties)] : []),
    ...pushCalls(parties),
  ];
};

const READ_AND_WRITE = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
function storageCalls({ arns, examples, keyArn, shared }: Parties): RequiredCall[] {
  const build = callsBy(arns.roles.build, shared.id);
  return [
    build("write the build's log", ["logs:CreateLogStream", "logs:PutLogEvents"], examples.buildLogStream),
    build(
      "find the artifact bucket",
      ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:ListBucket"],
      arns.artifactBucket,
    ),
    build("read the source, store the build's artifact", READ_AND_WRITE, examples.artifact),
    build("store it encrypted with the delivery's key", ["s3:PutObject"], examples.artifact, {
      context: encryptedWith(keyArn),
    }),
    ...deliveryFilesOf(arns).map((file) => build("read the delivery files", ["s3:GetObject"], file)),
    build("use the cache", READ_AND_WRITE, examples.buildCache),
    build("store the log", ["s3:PutObject"], examples.buildLog),
  ];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
const reportCall = ({ arns, shared }: Parties): RequiredCall =>
  callsBy(arns.roles.build, shared.id)(
    "report the tests",
    ["CreateReportGroup", "CreateReport", "UpdateReport", "BatchPutTestCases"].map(
      (action) => `codebuild:${action}`,
    ),
    arns.reportGroup,
  );

function secretCalls({ arns, buildParameterArns, buildSecretArns, shared }: Parties): RequiredCall[] {
  const build = callsBy(arns.roles.build, shared.id);
  return [
    ...buildSecretArns.map((secret) =>
      build(
        "read a secret of the build",
        ["secretsmanager:GetSecretValue"],
        secret,
        named(secret, shared.id),
      ),
    ),
    ...buildParameterArns.map((parameter) =>
      build("read a parameter of the build", ["ssm:GetParameters"], parameter),
    ),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
function pushCalls({ account, arns }: Parties): RequiredCall[] {
  const push = callsBy(arns.roles.push, account.id);
  return [
    assume("assume the push role", arns.roles.build, arns.roles.push),
    push("log in to the registry", ["ecr:GetAuthorizationToken"], "*"),
    push(
      "push the image and read its digest",
      [
        "ecr:BatchCheckLayerAvailability",
        "ecr:InitiateLayerUpload",
        "ecr:UploadLayerPart",
        "ecr:CompleteLayerUpload",
        "ecr:PutImage",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
        "ecr:DescribeImages",
      ],
      arns.containerRepository,
    ),
  ];
}
