import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { Construct } from "constructs";
import { condition, policyDocument, type Statement } from "../iam/policy-document";

export interface EventLogProps {
  readonly logGroupName: string;
  /** An account has at most ten resource policies of CloudWatch Logs in a region. */
  readonly policyName: string;
  readonly taskRuleName: string;
  readonly deploymentRuleName: string;
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
}

/** ECS forgets a stopped task after about an hour. What failed in the night is looked for in the weeks after. */
const RETENTION_DAYS = 30;

/**
 * Keeps the stopped tasks of a cluster, with their reasons, and the states of CodeDeploy's deployments in the account.
 * The rule for deployments names no application: a pattern has at most 2,048 characters.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
 */
export class EventLog extends Construct {
  constructor(scope: Construct, id: string, props: EventLogProps) {
    super(scope, id);
    const { accountId, clusterName, region } = props;
    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:${region}:${accountId}:${resource}`;

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionInDays: RETENTION_DAYS,
    });
    const ruleArns = [props.taskRuleName, props.deploymentRuleName].map((name) =>
      arn("events", `rule/${name}`),
    );
    const policy = new CloudwatchLogResourcePolicy(this, "policy", {
      policyName: props.policyName,
      policyDocument: policyDocument(writableBy(ruleArns, arn("logs", `log-group:${props.logGroupName}`))),
    });
    const keep = (what: string, ruleName: string, description: string, pattern: object) => {
      const rule = new CloudwatchEventRule(this, `${what}-rule`, {
        name: ruleName,
        description,
        eventPattern: JSON.stringify(pattern),
      });
      new CloudwatchEventTarget(this, `${what}-target`, {
        rule: rule.name,
        targetId: "event-log",
        arn: logGroup.arn,
        // An event that arrives before the policy is lost.
        dependsOn: [policy],
      });
    };
    keep("tasks", props.taskRuleName, "Keeps the reasons of stopped tasks", {
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: { clusterArn: [arn("ecs", `cluster/${clusterName}`)], lastStatus: ["STOPPED"] },
    });
    keep("deployments", props.deploymentRuleName, "Keeps the states of deployments", {
      source: ["aws.codedeploy"],
      "detail-type": ["CodeDeploy Deployment State-change Notification"],
    });
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions */
function writableBy(ruleArns: readonly string[], logGroupArn: string): Statement[] {
  const services = ["events.amazonaws.com", "delivery.logs.amazonaws.com"];
  const common = {
    principals: [{ type: "Service", identifiers: services }],
    resources: [`${logGroupArn}:*`],
  };
  return [
    { sid: "CreateLogStreams", actions: ["logs:CreateLogStream"], ...common },
    {
      sid: "KeepEventsOfRules",
      actions: ["logs:PutLogEvents"],
      ...common,
      condition: [condition("ArnEquals", "aws:SourceArn", ...ruleArns)],
    },
  ];
}
