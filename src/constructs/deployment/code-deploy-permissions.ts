import type { Statement } from "../iam/policy-document";
import { passTaskRoles } from "../iam/register-tasks";

/** The resources that a deployment uses. */
export interface CodeDeployScope {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly loadBalancerName: string;
  /** ARNs of the execution role and the task role. */
  readonly taskRoleArns: readonly string[];
  /** ARNs of the Lambda functions that test a release. */
  readonly hookArns: readonly string[];
}

/**
 * The actions of AWSCodeDeployRoleForECS, each limited to the resources that it needs.
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
      // Describe actions of Elastic Load Balancing do not support resource-level permissions.
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
