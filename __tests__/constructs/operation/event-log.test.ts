import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { EventLog } from "../../../src/constructs/operation/event-log";
import { synth, theOnly } from "../../support/synth";

const stack = synth((scope) => {
  new EventLog(scope, "events", {
    logGroupName: "/aws/events/acme-dev",
    policyName: "acme-dev-logs-events",
    taskRuleName: "tasks",
    deploymentRuleName: "deployments",
    accountId: "111111111111",
    region: "eu-west-1",
    clusterName: "main",
  });
});
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
const rules = Object.values(stack.resource?.[CloudwatchEventRule.tfResourceType] ?? {});
const patterns = rules.map(({ event_pattern }) => JSON.parse(String(event_pattern)) as unknown);

describe("EventLog", () => {
  it("keeps the stopped tasks of one cluster, and the deployments", () => {
    expect(patterns).toEqual([
      {
        source: ["aws.codedeploy"],
        "detail-type": ["CodeDeploy Deployment State-change Notification"],
      },
      {
        source: ["aws.ecs"],
        "detail-type": ["ECS Task State Change"],
        detail: { clusterArn: [arn("ecs", "cluster/main")], lastStatus: ["STOPPED"] },
      },
    ]);
  });

  it("keeps them for 30 days, once EventBridge may write", () => {
    const group = theOnly(stack, CloudwatchLogGroup);
    expect(group).toMatchObject({ name: "/aws/events/acme-dev", retention_in_days: 30 });
    for (const target of Object.values(stack.resource?.[CloudwatchEventTarget.tfResourceType] ?? {})) {
      expect(target.arn).toMatch(/^\$\{aws_cloudwatch_log_group\.events_log-group_\w+\.arn\}$/);
      expect(target.depends_on).toEqual([
        expect.stringMatching(/^aws_cloudwatch_log_resource_policy\.events_policy_/),
      ]);
      expect(target).not.toHaveProperty("role_arn");
    }
  });

  it("lets EventBridge write into its own group, what its own rules send", () => {
    const policy = theOnly(stack, CloudwatchLogResourcePolicy);
    const { Statement } = JSON.parse(String(policy.policy_document)) as {
      Statement: Record<string, unknown>[];
    };
    const common = {
      Effect: "Allow",
      Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
      Resource: `${arn("logs", "log-group:/aws/events/acme-dev")}:*`,
    };
    expect(Statement).toEqual([
      { ...common, Sid: "CreateLogStreams", Action: "logs:CreateLogStream" },
      {
        ...common,
        Sid: "KeepEventsOfRules",
        Action: "logs:PutLogEvents",
        Condition: {
          ArnEquals: { "aws:SourceArn": [arn("events", "rule/tasks"), arn("events", "rule/deployments")] },
        },
      },
    ]);
  });
});
