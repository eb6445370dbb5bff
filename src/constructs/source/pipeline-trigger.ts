import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { Role } from "../iam/role";
import { trustService } from "../iam/trust";

export interface PipelineTriggerProps {
  readonly ruleName: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly accountId: string;
  readonly region: string;
  readonly repositoryArn: string;
  readonly branch: string;
  readonly pipelineName: string;
  /** A reference to the pipeline: the target is created after it. */
  readonly pipelineArn: string;
}

/** Starts a pipeline when a branch of a CodeCommit repository is created or updated. */
export class PipelineTrigger extends Construct {
  constructor(scope: Construct, id: string, props: PipelineTriggerProps) {
    super(scope, id);

    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.ruleName,
      description: `Starts the pipeline on a push to ${props.branch}`,
      eventPattern: JSON.stringify({
        source: ["aws.codecommit"],
        "detail-type": ["CodeCommit Repository State Change"],
        resources: [props.repositoryArn],
        detail: {
          event: ["referenceCreated", "referenceUpdated"],
          referenceType: ["branch"],
          referenceName: [props.branch],
        },
      }),
    });
    const role = new Role(this, "role", {
      name: props.roleName,
      path: props.rolePath,
      description: `Lets EventBridge rule ${props.ruleName} start its pipeline`,
      trust: trustService({
        service: "events.amazonaws.com",
        sourceAccountId: props.accountId,
        sourceArn: `arn:aws:events:${props.region}:${props.accountId}:rule/${props.ruleName}`,
      }),
      permissions: [
        {
          sid: "StartPipeline",
          actions: ["codepipeline:StartPipelineExecution"],
          resources: [`arn:aws:codepipeline:${props.region}:${props.accountId}:${props.pipelineName}`],
        },
      ],
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "pipeline",
      arn: props.pipelineArn,
      roleArn: role.arn,
      // An event that arrives before the role has its policy is lost.
      dependsOn: role.ready,
    });
  }
}
