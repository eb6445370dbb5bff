import { condition, type Statement } from "../iam/policy-document";
import { registerTasks } from "../iam/register-tasks";
import { readLogs, statements, type Rights } from "./operator-policy";

/** A service and the group of its deployments. */
export interface OperatedDeployment {
  readonly applicationArn: string;
  readonly deploymentGroupArn: string;
  readonly deploymentConfigArn: string;
  readonly serviceArn: string;
  readonly containerRepositoryArn: string;
  readonly logGroupArn: string;
  /** Without the revision. */
  readonly taskDefinitionArn: string;
  /** ARNs of the execution role and the task role. */
  readonly taskRoleArns: readonly string[];
}

/** Where the services run. */
export interface OperatedCluster {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly eventLogGroupArn: string;
  /** The role that copies images of another environment to this one. @default - none */
  readonly promotionRoleArn?: string;
}

/**
 * Sees deployments, services, tasks, images and logs. Operators also stop, continue and create deployments, of task
 * definitions with the service's own roles, and copy images from one environment to another.
 */
export function deploymentRights(
  deployments: readonly OperatedDeployment[],
  cluster: OperatedCluster,
  rights: Rights,
): Statement[] {
  const operate = (...actions: string[]) => (rights === "operate" ? actions : []);
  const released = rights === "operate" ? deployments : [];
  return statements([
    {
      sid: "Deployments",
      actions: [
        "codedeploy:GetDeployment",
        "codedeploy:GetDeploymentGroup",
        "codedeploy:ListDeployments",
        "codedeploy:BatchGetDeployments",
        ...operate("codedeploy:CreateDeployment"),
      ],
      resources: deployments.map(({ deploymentGroupArn }) => deploymentGroupArn),
    },
    {
      sid: "Applications",
      actions: [
        "codedeploy:GetApplication",
        "codedeploy:GetApplicationRevision",
        ...operate("codedeploy:RegisterApplicationRevision"),
      ],
      resources: deployments.map(({ applicationArn }) => applicationArn),
    },
    {
      sid: "ReadDeploymentConfigs",
      actions: operate("codedeploy:GetDeploymentConfig"),
      resources: [...new Set(deployments.map(({ deploymentConfigArn }) => deploymentConfigArn))],
    },
    // AWS has no resource for these actions.
    {
      sid: "OperateDeployments",
      actions: operate("codedeploy:StopDeployment", "codedeploy:ContinueDeployment"),
      resources: ["*"],
    },
    ...(released.length > 0
      ? registerTasks(
          released.map(({ taskDefinitionArn }) => taskDefinitionArn),
          released.flatMap(({ taskRoleArns }) => taskRoleArns),
        )
      : []),
    ...promote(released, cluster),
    ...seeServices(deployments, cluster),
    readLogs([cluster.eventLogGroupArn, ...deployments.map(({ logGroupArn }) => logGroupArn)]),
  ]);
}

/** Reads images of this environment, and assumes the role that writes those of another one. */
function promote(
  released: readonly OperatedDeployment[],
  { promotionRoleArn }: OperatedCluster,
): Statement[] {
  if (promotionRoleArn === undefined || released.length === 0) return [];
  return [
    {
      sid: "ReadImages",
      actions: ["ecr:GetDownloadUrlForLayer"],
      resources: released.map(({ containerRepositoryArn }) => containerRepositoryArn),
    },
    { sid: "AssumePromotionRole", actions: ["sts:AssumeRole"], resources: [promotionRoleArn] },
  ];
}

function seeServices(
  deployments: readonly OperatedDeployment[],
  { accountId, clusterName, region }: OperatedCluster,
): Statement[] {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  return [
    {
      sid: "SeeServices",
      actions: ["ecs:DescribeServices"],
      resources: deployments.map(({ serviceArn }) => serviceArn),
    },
    { sid: "SeeTasks", actions: ["ecs:DescribeTasks"], resources: [arn("ecs", `task/${clusterName}/*`)] },
    // AWS documents the condition as the way to name a cluster.
    {
      sid: "FindTasks",
      actions: ["ecs:ListTasks"],
      resources: ["*"],
      condition: [condition("ArnEquals", "ecs:cluster", arn("ecs", `cluster/${clusterName}`))],
    },
    {
      sid: "SeeImages",
      actions: ["ecr:DescribeImages", "ecr:ListImages", "ecr:BatchGetImage"],
      resources: deployments.map(({ containerRepositoryArn }) => containerRepositoryArn),
    },
    // A composite alarm is seen only with rights on all alarms.
    {
      sid: "SeeAlarms",
      actions: ["cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarmHistory"],
      resources: [arn("cloudwatch", "alarm:*")],
    },
    // AWS has no resource for these actions.
    {
      sid: "SeeAccount",
      actions: [
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling:DescribeScalingActivities",
        "codedeploy:BatchGetDeploymentTargets",
        "codedeploy:GetDeploymentTarget",
        "codedeploy:ListDeploymentTargets",
        "ecs:DescribeTaskDefinition",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      resources: ["*"],
    },
  ];
}
