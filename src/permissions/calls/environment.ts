import { accountOf } from "../../system/arns";
import type { Delivery, Environment } from "../../system/system";
import { administratorOf, environmentExamplesOf } from "../parties";
import type { Context, RequiredCall } from "../request";
import { assumeFor, callsBy, onBehalfOf } from "./call";

/** The service that writes a load balancer's access log. */
export const LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com";

/** What records an environment's traffic. */
export function trafficCalls(environment: Environment): RequiredCall[] {
  const { account, arns } = environment;
  const { accessLog, flowLog, flowLogStream, loadBalancer } = environmentExamplesOf(environment);
  const flowLogs = callsBy(arns.flowLogRole);
  const delivery = callsBy(LOG_DELIVERY, { owner: account.id });
  const recordFlows = [
    assumeFor("record the traffic", "vpc-flow-logs", arns.flowLogRole, flowLog),
    flowLogs("find the log", "logs:DescribeLogGroups", "*"),
    flowLogs("find its streams", "logs:DescribeLogStreams", `${arns.flowLogGroup}:log-stream:`),
    flowLogs("write the log", "logs:CreateLogStream PutLogEvents", flowLogStream),
  ];
  const recordRequests = (log: string) =>
    delivery(
      "write the load balancer's access log",
      "s3:PutObject",
      log,
      onBehalfOf(account.id, loadBalancer),
    );
  return [...(environment.flowLogs ? recordFlows : []), ...(accessLog ? [recordRequests(accessLog)] : [])];
}

/** The services that write events into a log group. */
export const EVENT_WRITERS = ["events.amazonaws.com", "delivery.logs.amazonaws.com"];

/** What keeps an environment's events. */
export function eventCalls({ account, arns }: Environment): RequiredCall[] {
  const stream = `${arns.eventLogGroup}:log-stream:0123abcd`;
  return EVENT_WRITERS.flatMap((service) => {
    const writer = callsBy(service);
    return [
      writer("create a log stream", "logs:CreateLogStream", stream),
      ...[arns.taskEventRule, arns.deploymentEventRule].map((rule) =>
        writer("keep an event", "logs:PutLogEvents", stream, onBehalfOf(account.id, rule)),
      ),
    ];
  });
}

export const REGISTER = "application-autoscaling:RegisterScalableTarget";

/** What Application Auto Scaling gets for the number of tasks of an ECS service. */
export const ofTasks: Context = {
  "application-autoscaling:service-namespace": "ecs",
  "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
};

/** What suspends scaling during a deployment. @param scaled The services that have scaling. */
export function scalingCalls(environment: Environment, scaled: readonly Delivery[]): RequiredCall[] {
  if (scaled.length === 0) return [];
  const { scalingMachine, scalingMachineRole, scalingRule, scalingRuleRole } = environment.arns;
  const machine = callsBy(scalingMachineRole);
  const { scalableTarget } = environmentExamplesOf(environment);
  return [
    assumeFor("react to a deployment", "events", scalingRuleRole, scalingRule),
    callsBy(scalingRuleRole)("start the state machine", "states:StartExecution", scalingMachine),
    assumeFor("run the state machine", "states", scalingMachineRole, scalingMachine),
    ...scaled.map(({ arns }) =>
      machine("look for a deployment", "codedeploy:ListDeployments", arns.deploymentGroup),
    ),
    machine("suspend and resume scaling", REGISTER, scalableTarget, ofTasks),
  ];
}

/** EventBridge publishes messages to an encrypted topic. Its account keeps control of the key. */
export function notificationCalls(topicArn: string, keyArn: string): RequiredCall[] {
  const events = callsBy("events.amazonaws.com");
  const administrator = callsBy(administratorOf(accountOf(topicArn)), { assumeAllowed: "identity" });
  return [
    events("publish a message", "sns:Publish", topicArn),
    events("encrypt it", "kms:GenerateDataKey Decrypt", keyArn),
    administrator("administer the key", "kms:DescribeKey", keyArn),
  ];
}
