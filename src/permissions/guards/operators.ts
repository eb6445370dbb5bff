import { approvalArnOf, type OperatorPolicy } from "../../system/operation/operators";
import type { Promotion } from "../../system/operation/promotions";
import type { Delivery } from "../../system/system";
import { passedTo } from "../calls/call";
import { personOf } from "../calls/operators";
import { EXTERNAL_ACCOUNT_ID, administratorOf } from "../parties";
import type { ForbiddenCall } from "../request";
import { forbid, forbidAll, type Guard } from "./forbid";
import { DELETE_OR_OPEN, passGuards, tagGuard } from "./roles";

/**
 * A reader changes nothing. An operator decides about releases, and releases a service with its own roles, but
 * changes nothing else that a release consists of.
 */
export function operatorGuards(policy: OperatorPolicy, stateArn: string): ForbiddenCall[] {
  const { deliveries, environment, on, promotes, whose } = policy;
  const person = forbid(...personOf(policy));
  const who = whose === "readers" ? "a reader" : "an operator";
  const guard: Guard = (would, ...call) => person(`${who} would ${would}`, ...call);
  const decides = whose === "operators" && on === "pipelines";
  const releases = whose === "operators" && on === "deployments";
  return [
    guard("change the state", "s3:GetObject PutObject", stateArn),
    ...(promotes ? [] : [guard("promote an image", "sts:AssumeRole", environment.arns.promotionRole)]),
    ...deliveries.flatMap((delivery) => [
      ...changeGuards(delivery, guard),
      ...(decides ? [] : decisionGuards(delivery, guard)),
      ...(releases ? releaseGuards(delivery, guard, person) : startGuards(delivery, guard)),
    ]),
    ...(on === "deployments" ? deliveries.slice(0, 1).map((one) => otherTasks(one, guard)) : []),
  ];
}

/** What nobody may do. */
const changeGuards = ({ arns }: Delivery, guard: Guard): ForbiddenCall[] => [
  guard("change a pipeline", "codepipeline:UpdatePipeline StartPipelineExecution", arns.pipeline),
  guard("change a build", "codebuild:UpdateProject StartBuild", arns.buildProject),
  guard("change a deployment group", "codedeploy:UpdateDeploymentGroup", arns.deploymentGroup),
  guard("change a service", "ecs:UpdateService", arns.ecsService),
  guard("change images", "ecr:PutImage BatchDeleteImage", arns.containerRepository),
  guard("change artifacts", "s3:PutObject", `${arns.artifactBucket}/any`),
  guard("change a role", "iam:PutRolePolicy", arns.roles.task),
  guard("act as a release", "sts:AssumeRole", arns.roles.deploy),
];

function decisionGuards(delivery: Delivery, guard: Guard): ForbiddenCall[] {
  const approval = approvalArnOf(delivery);
  return [
    guard("stop an execution", "codepipeline:StopPipelineExecution", delivery.arns.pipeline),
    ...(approval ? [guard("approve a release", "codepipeline:PutApprovalResult", approval)] : []),
  ];
}

const startGuards = ({ arns }: Delivery, guard: Guard): ForbiddenCall[] => [
  guard("release", "codedeploy:CreateDeployment", arns.deploymentGroup),
  guard("stop or continue a release", "codedeploy:StopDeployment ContinueDeployment", "*"),
  guard("pass a role", "iam:PassRole", arns.roles.task, passedTo()),
];

const releaseGuards = ({ arns }: Delivery, guard: Guard, person: Guard): ForbiddenCall[] => [
  guard("release another service", "codedeploy:CreateDeployment", `${arns.deploymentGroup}-other`),
  ...passGuards(arns, person),
  tagGuard(arns, person),
];

const otherTasks = ({ arns }: Delivery, guard: Guard) =>
  guard("see another cluster", "ecs:ListTasks", "*", { "ecs:cluster": `${arns.cluster}-other` });

/** Other accounts promote nothing, and a promotion removes nothing. */
export function promotionGuards({ deliveries, environment }: Promotion): ForbiddenCall[] {
  const { promotionRole } = environment.arns;
  const role = forbid(promotionRole);
  const others = [EXTERNAL_ACCOUNT_ID, ...deliveries.map(({ shared }) => shared.id)];
  const outsiders = [...new Set(others)].filter((id) => id !== environment.account.id).map(administratorOf);
  return [
    ...forbidAll(outsiders)("another account would promote an image", "sts:AssumeRole", promotionRole),
    role("a role would change its own permissions", "iam:PutRolePolicy", promotionRole),
    ...deliveries.flatMap(({ arns }) => [
      role(
        "a promotion would delete images or open the repository",
        DELETE_OR_OPEN,
        arns.containerRepository,
      ),
      role("a promotion would release", "codedeploy:CreateDeployment", arns.deploymentGroup),
    ]),
  ];
}
