import type { Statement } from "../iam/policy-document";
import { passTaskRoles } from "./pass-task-roles";

/** The things that a deployment touches. */
export interface CodeDeployScope {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly loadBalancerName: string;
  /** The execution role and the task role. */
  readonly taskRoleArns: readonly string[];
  /** Functions that test a release. */
  readonly hookArns: readonly string[];
}

/**
 * AWS's own AWSCodeDeployRoleForECS, each action on what it is for.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html
 */
export function codeDeployPermissions(props: CodeDeployScope): Statement[] {
  const { accountId, clusterName, loadBalancerName, region, serviceName } = props;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  return [
    {
      sid: "SwitchService",
      actions: ["ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
      resources: [arn("ecs", `service/${clusterName}/${serviceName}`)],
    },
    {
      sid: "ReplaceTaskSets",
      actions: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet"],
      resources: [arn("ecs", `task-set/${clusterName}/${serviceName}/*`)],
    },
    {
      sid: "FindTraffic",
      actions: [
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeRules",
      ],
      // Elastic Load Balancing has no resources for its Describe actions.
      resources: ["*"],
    },
    {
      sid: "MoveTraffic",
      actions: ["elasticloadbalancing:ModifyListener"],
      resources: [arn("elasticloadbalancing", `listener/app/${loadBalancerName}/*`)],
    },
    {
      sid: "MoveTrafficOfRules",
      actions: ["elasticloadbalancing:ModifyRule"],
      resources: [arn("elasticloadbalancing", `listener-rule/app/${loadBalancerName}/*`)],
    },
    { sid: "WatchAlarms", actions: ["cloudwatch:DescribeAlarms"], resources: [arn("cloudwatch", "alarm:*")] },
    ...(props.hookArns.length > 0
      ? [{ sid: "RunHooks", actions: ["lambda:InvokeFunction"], resources: [...new Set(props.hookArns)] }]
      : []),
    passTaskRoles(props.taskRoleArns),
  ];
}
