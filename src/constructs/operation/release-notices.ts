import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { template, type MessageForm } from "./message";

export interface ReleaseNoticesProps {
  readonly pipelineName: string;
  readonly deployStageName: string;
  /** Whether a person approves a release. */
  readonly approval: boolean;
  readonly service: string;
  readonly environment: string;
  readonly ruleNames: Readonly<Record<"progress" | "failure" | "rollback" | "approval", string>>;
  readonly topicArn: string;
  readonly form: MessageForm;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A message: the events that lead to it, and what it says. `<id>` is the execution's id. */
interface Notice {
  readonly type: "Pipeline" | "Stage" | "Action";
  readonly detail: object;
  /** What is taken from the event in addition to the id, by its path. */
  readonly paths?: Readonly<Record<string, string>>;
  readonly title: string;
  readonly text: string;
  readonly next?: string;
}

/**
 * Messages about the releases of a pipeline, from its events.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 */
export class ReleaseNotices extends Construct {
  constructor(scope: Construct, id: string, props: ReleaseNoticesProps) {
    super(scope, id);
    for (const [kind, notice] of Object.entries(noticesOf(props))) {
      const ruleName = props.ruleNames[kind as keyof typeof props.ruleNames];
      const rule = new CloudwatchEventRule(this, `${kind}-rule`, {
        name: ruleName,
        description: `Sends messages about ${props.service} to ${props.environment}`,
        eventPattern: JSON.stringify({
          source: ["aws.codepipeline"],
          "detail-type": [`CodePipeline ${notice.type} Execution State Change`],
          detail: { pipeline: [props.pipelineName], ...notice.detail },
        }),
      });
      new CloudwatchEventTarget(this, `${kind}-target`, {
        rule: rule.name,
        targetId: "topic",
        arn: props.topicArn,
        inputTransformer: {
          inputPaths: { id: "$.detail.execution-id", ...notice.paths },
          inputTemplate: template(notice, props.form),
        },
        dependsOn: [...props.dependsOn],
      });
    }
  }
}

function noticesOf({ approval, deployStageName, environment, service }: ReleaseNoticesProps) {
  const release = `${service} to ${environment}`;
  const why = `npx codeseries why ${service} ${environment} --execution <id>`;
  const notices: Record<string, Notice> = {
    progress: {
      type: "Pipeline",
      detail: { state: ["STARTED", "SUCCEEDED", "STOPPED", "SUPERSEDED"] },
      paths: { state: "$.detail.state" },
      title: `${release}: <state>`,
      text: "Execution <id> of the pipeline.",
    },
    failure: {
      type: "Stage",
      detail: { state: ["FAILED"], stage: [{ "anything-but": [deployStageName] }] },
      paths: { stage: "$.detail.stage" },
      title: `${release}: FAILED in <stage>`,
      text: "Nothing was deployed. Execution <id>.",
      next: why,
    },
    rollback: {
      type: "Stage",
      detail: { state: ["FAILED"], stage: [deployStageName] },
      title: `${release}: FAILED in the deployment`,
      text: "CodeDeploy rolls back: it returns the traffic that it had shifted. Execution <id>.",
      next: why,
    },
  };
  if (!approval) return notices;
  const wait: Notice = {
    type: "Action",
    detail: { state: ["STARTED"], type: { category: ["Approval"] } },
    title: `${release}: approval needed`,
    text: "Execution <id> waits for a person.",
    next: `npx codeseries approve ${service} ${environment}`,
  };
  return { ...notices, approval: wait };
}
