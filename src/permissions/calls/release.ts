import type { Delivery } from "../../system/system";
import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { assume, callsBy, ofKey, passedTo, throughS3, WITH_REGISTRATION, type Caller } from "./call";

/**
 * From the pipeline's deploy action to a running deployment.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export function releaseCalls(parties: Parties): RequiredCall[] {
  const { arns } = parties;
  return [
    assume("assume the deploy role", arns.roles.pipeline, arns.roles.deploy),
    ...artifactReads(parties),
    ...startCalls(parties, callsBy(arns.roles.deploy)),
  ];
}

const REGISTER_REVISION = "codedeploy:GetApplication GetApplicationRevision RegisterApplicationRevision";

/** What starts a release, for a pipeline or a person. */
export const startCalls = (delivery: Delivery, by: Caller): RequiredCall[] => {
  const { application, deploymentConfig, deploymentGroup, taskDefinition } = delivery.arns;
  return [
    by("register the task definition", "ecs:RegisterTaskDefinition", "*"),
    by("tag it", "ecs:TagResource", `${taskDefinition}:1`, WITH_REGISTRATION),
    ...passCalls(delivery, by),
    by("register the revision", REGISTER_REVISION, application),
    by("start the deployment and wait for it", "codedeploy:CreateDeployment GetDeployment", deploymentGroup),
    by("read how traffic shifts", "codedeploy:GetDeploymentConfig", deploymentConfig),
  ];
};

/** From the shared account's bucket, across accounts. */
function artifactReads(parties: Parties): RequiredCall[] {
  const { arns, examples, keyArn, shared } = parties;
  const deploy = callsBy(arns.roles.deploy, { owner: shared.id });
  const decrypt = (how: string, arn: string) =>
    deploy(`decrypt it, ${how} a bucket key`, "kms:Decrypt", keyArn, throughS3(parties, arn));
  return [
    deploy("find the artifact", "s3:GetBucketLocation GetBucketVersioning ListBucket", arns.artifactBucket),
    deploy("read the artifact", "s3:GetObject GetObjectVersion", examples.artifact),
    decrypt("with", arns.artifactBucket),
    decrypt("without", examples.artifact),
    deploy("find its key", "kms:DescribeKey", keyArn, ofKey(parties)),
  ];
}

/** Both roles that a task definition names. */
export const passCalls = ({ arns }: Delivery, by: Caller): RequiredCall[] =>
  (["execution", "task"] as const).map((name) =>
    by(`pass the ${name} role to tasks`, "iam:PassRole", arns.roles[name], passedTo()),
  );
