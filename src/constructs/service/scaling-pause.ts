import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { condition } from "../iam/policy-document";
import { Role } from "../iam/role";
import { trustService } from "../iam/trust";
import { scalingMachine, type PausedService } from "./scaling-machine";

export interface ScalingPauseProps {
  readonly machineName: string;
  readonly machineRoleName: string;
  readonly ruleName: string;
  readonly ruleRoleName: string;
  readonly accountId: string;
  readonly region: string;
  /** The services with scaling. At least one. */
  readonly services: readonly PausedService[];
}

/** What was forgotten, because an event was lost, is forgotten for an hour at most. */
const SCHEDULE = "rate(1 hour)";

/**
 * Suspends Application Auto Scaling of the services that CodeDeploy is releasing. AWS warns that a deployment
 * may fail if scaling goes on.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html
 */
export class ScalingPause extends Construct {
  constructor(scope: Construct, id: string, props: ScalingPauseProps) {
    super(scope, id);
    const { accountId, region, services } = props;
    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:${region}:${accountId}:${resource}`;
    const machineArn = arn("states", `stateMachine:${props.machineName}`);

    const machineRole = new Role(this, "machine-role", {
      name: props.machineRoleName,
      description: "Suspends scaling during deployments",
      trust: trustService({
        service: "states.amazonaws.com",
        sourceAccountId: accountId,
        sourceArn: machineArn,
      }),
      permissions: [
        {
          sid: "FindDeployments",
          actions: ["codedeploy:ListDeployments"],
          resources: services.map(({ applicationName, deploymentGroupName }) =>
            arn("codedeploy", `deploymentgroup:${applicationName}/${deploymentGroupName}`),
          ),
        },
        {
          sid: "SuspendScaling",
          actions: ["application-autoscaling:RegisterScalableTarget"],
          // Application Auto Scaling chooses the id of a target.
          resources: [arn("application-autoscaling", "scalable-target/*")],
          condition: [
            condition("StringEquals", "application-autoscaling:service-namespace", "ecs"),
            condition(
              "StringEquals",
              "application-autoscaling:scalable-dimension",
              "ecs:service:DesiredCount",
            ),
          ],
        },
      ],
    });
    const machine = new SfnStateMachine(this, "machine", {
      name: props.machineName,
      roleArn: machineRole.arn,
      definition: scalingMachine(services),
      dependsOn: machineRole.ready,
    });

    const rule = new CloudwatchEventRule(this, "rule", {
      name: props.ruleName,
      description: "Suspends scaling during deployments",
      eventPattern: JSON.stringify({
        source: ["aws.codedeploy"],
        "detail-type": ["CodeDeploy Deployment State-change Notification"],
        detail: { application: services.map(({ applicationName }) => applicationName) },
      }),
      scheduleExpression: SCHEDULE,
    });
    const ruleRole = new Role(this, "rule-role", {
      name: props.ruleRoleName,
      description: `Lets EventBridge rule ${props.ruleName} start its state machine`,
      trust: trustService({
        service: "events.amazonaws.com",
        sourceAccountId: accountId,
        sourceArn: arn("events", `rule/${props.ruleName}`),
      }),
      permissions: [
        { sid: "StartStateMachine", actions: ["states:StartExecution"], resources: [machineArn] },
      ],
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "scaling",
      arn: machine.arn,
      roleArn: ruleRole.arn,
      dependsOn: ruleRole.ready,
    });
  }
}
