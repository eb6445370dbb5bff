import { deliveryFilesOf } from "../calls/call";
import type { Other, Parties } from "../parties";
import { byIdentity, forbid } from "./forbid";

/** What `task.policies` and `build.policies` must not allow. Without them, the roles have what calls need. */
export function configuredGuards(own: Parties, others: readonly Other[], stateArns: readonly string[]) {
  const { build, task } = own.arns.roles;
  return [
    { role: task, given: own.taskPolicies, closed: [own, ...others] },
    // A build uses the artifacts of its own delivery, and is in the account of all others.
    { role: build, given: own.buildPolicies, closed: others },
  ]
    .filter(
      ({ given: { managedPolicyArns, statements } }) => managedPolicyArns.length + statements.length > 0,
    )
    .flatMap(({ closed, role }) => guardsOf(role, own, closed, stateArns));
}

/** @param closed The deliveries whose artifacts the role must not reach. */
function guardsOf(role: string, own: Parties, closed: readonly Other[], stateArns: readonly string[]) {
  const { arns, examples, keyArn, service, shared } = own;
  const { build, push } = arns.roles;
  const roles = Object.values(arns.roles);
  const forbidden = forbid(role, { owner: shared.id });
  const guard = (what: string, actions: string, resources: readonly string[]) =>
    resources.map((one) => forbidden(`policies of the configuration would ${what}`, actions, one));
  const assumed = roles.filter((one) => role !== build || one !== push);
  const artifacts = closed.flatMap((one) => [one.examples.artifact, ...deliveryFilesOf(one.arns)]);
  const objects = "s3:GetObject PutObject DeleteObject";
  // The environments of a service have one key, which each build uses.
  const keys = closed.map((one) => one.keyArn).filter((one) => role !== build || one !== keyArn);
  return [
    guard("assume a delivery's role", "sts:AssumeRole", assumed).map(byIdentity),
    guard("pass a delivery's role", "iam:PassRole", roles),
    guard("change a delivery's role", "iam:AttachRolePolicy PutRolePolicy UpdateAssumeRolePolicy", roles),
    guard("read or change artifacts", objects, artifacts),
    guard("open the artifacts", "s3:PutBucketPolicy DeleteBucketPolicy", [arns.artifactBucket]),
    guard("decrypt artifacts", "kms:Decrypt", keys),
    guard("give the key away", "kms:CreateGrant PutKeyPolicy ScheduleKeyDeletion", [keyArn]),
    guard("read or change the state", objects, stateArns),
    guard("deploy", "codedeploy:CreateDeployment UpdateDeploymentGroup", [arns.deploymentGroup]),
    guard("change the service", "ecs:UpdateService DeleteService", [arns.ecsService]),
    guard("change the traffic", "elasticloadbalancing:ModifyListener", [examples.listener]),
    guard("change the traffic", "elasticloadbalancing:ModifyRule", [examples.listenerRule]),
    guard("change the images", "ecr:PutImage BatchDeleteImage SetRepositoryPolicy", [
      arns.containerRepository,
    ]),
    guard("change the build", "codebuild:UpdateProject", [arns.buildProject]),
    guard("change the pipeline", "codepipeline:UpdatePipeline StartPipelineExecution", [arns.pipeline]),
    guard("change the source", "codecommit:GitPush", service.source.connection ? [] : [arns.repository]),
  ].flat();
}
