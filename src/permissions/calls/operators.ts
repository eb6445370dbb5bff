import { approvalArnOf, sourceArnOf, type OperatorPolicy } from "../../system/operation/operators";
import type { Promotion } from "../../system/operation/promotions";
import type { Delivery } from "../../system/system";
import { alarmsOf, examplesOf } from "../parties";
import type { RequiredCall } from "../request";
import { callsBy, personWith, WRITE_IMAGE, type Caller } from "./call";
import { startCalls } from "./release";

const PIPELINE = `codepipeline:GetPipeline GetPipelineState GetPipelineExecution ListPipelineExecutions
  ListActionExecutions`;
const DEPLOYMENT = "codedeploy:GetDeployment GetDeploymentGroup ListDeployments BatchGetDeployments";
const REVISION = "codedeploy:GetApplication GetApplicationRevision";
const ROUTES = `elasticloadbalancing:DescribeListeners DescribeLoadBalancers DescribeRules DescribeTargetGroups
  DescribeTargetHealth`;

/** The person that a policy is for. */
export const personOf = ({ arn, whose }: OperatorPolicy) =>
  personWith(arn, whose === "readers" ? "reader" : "operator");

/** What people need to see releases, and to approve, stop and start them. */
export function operatorCalls(policy: OperatorPolicy): RequiredCall[] {
  const { deliveries, environment, on, promotes, whose } = policy;
  const person = callsBy(...personOf(policy));
  const [see, operate] = on === "pipelines" ? [seePipeline, decide] : [seeDeployment, release];
  const read = ({ arns }: Delivery) =>
    person("read an image that is promoted", "ecr:GetDownloadUrlForLayer", arns.containerRepository);
  return [
    ...deliveries.flatMap((delivery) => [
      ...see(delivery, person),
      ...(whose === "operators" ? operate(delivery, person) : []),
      ...(promotes ? [read(delivery)] : []),
    ]),
    ...(promotes ? [person("promote an image", "sts:AssumeRole", environment.arns.promotionRole)] : []),
  ];
}

function seePipeline(delivery: Delivery, person: Caller): RequiredCall[] {
  const { arns } = delivery;
  const source = sourceArnOf(delivery);
  return [
    person("see a pipeline", PIPELINE, arns.pipeline),
    person("see builds", "codebuild:BatchGetBuilds ListBuildsForProject", arns.buildProject),
    ...(source ? [person("see a commit", "codecommit:GetCommit", source)] : []),
    ...logs("a build's log", arns.buildLogGroup, person),
  ];
}

function decide(delivery: Delivery, person: Caller): RequiredCall[] {
  const approval = approvalArnOf(delivery);
  return [
    person("stop an execution", "codepipeline:StopPipelineExecution", delivery.arns.pipeline),
    ...(approval ? [person("approve a release", "codepipeline:PutApprovalResult", approval)] : []),
  ];
}

const TARGETS = "codedeploy:BatchGetDeploymentTargets GetDeploymentTarget ListDeploymentTargets";

function seeDeployment(delivery: Delivery, person: Caller): RequiredCall[] {
  const { arns, environment } = delivery;
  return [
    person("see deployments", DEPLOYMENT, arns.deploymentGroup),
    person("see their targets", TARGETS, "*"),
    person("see revisions", REVISION, arns.application),
    person("see a service", "ecs:DescribeServices", arns.ecsService),
    person("find its tasks", "ecs:ListTasks", "*", { "ecs:cluster": arns.cluster }),
    person("see a task", "ecs:DescribeTasks", examplesOf(delivery).task),
    person("see a task definition", "ecs:DescribeTaskDefinition", "*"),
    person("see images", "ecr:DescribeImages ListImages BatchGetImage", arns.containerRepository),
    person("see traffic", ROUTES, "*"),
    person("see scaling", "application-autoscaling:DescribeScalableTargets DescribeScalingActivities", "*"),
    person("see alarms", "cloudwatch:DescribeAlarms DescribeAlarmHistory", alarmsOf(delivery)),
    ...logs("a service's log", arns.serviceLogGroup, person),
    ...logs("kept events", environment.arns.eventLogGroup, person),
  ];
}

const release = (delivery: Delivery, person: Caller): RequiredCall[] => [
  person("stop or continue a deployment", "codedeploy:StopDeployment ContinueDeployment", "*"),
  ...startCalls(delivery, person),
];

const logs = (what: string, group: string, person: Caller): RequiredCall[] => [
  person(`find ${what}`, "logs:DescribeLogStreams FilterLogEvents", `${group}:log-stream:`),
  person(`read ${what}`, "logs:GetLogEvents", `${group}:log-stream:0123abcd`),
];

/** What the role needs that copies images to an environment. Those who assume it read them with their own rights. */
export const promotionCalls = ({ deliveries, environment }: Promotion): RequiredCall[] =>
  deliveries.map(({ arns }) =>
    callsBy(environment.arns.promotionRole)("write a promoted image", WRITE_IMAGE, arns.containerRepository),
  );
