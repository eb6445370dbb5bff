import type { Environment } from "../../system/system";
import { onBehalfOf } from "../calls/call";
import { EVENT_WRITERS, LOG_DELIVERY, ofTasks, REGISTER } from "../calls/environment";
import { EXTERNAL_ACCOUNT_ID, administratorOf, environmentExamplesOf } from "../parties";
import type { Context, ForbiddenCall } from "../request";
import { otherAccountGuards, tlsGuards } from "./bucket";
import { BY_RESOURCE, inOtherRegion, forbid } from "./forbid";
import { serviceTrustGuards } from "./trusts";

/** Every call on an environment's traffic records that must be denied. */
export function trafficGuards(environment: Environment): ForbiddenCall[] {
  const { account, arns, flowLogs, ingress, region } = environment;
  const { accessLog, flowLog, loadBalancer } = environmentExamplesOf(environment);
  const delivery = forbid(LOG_DELIVERY, { owner: account.id });
  const elsewhere = onBehalfOf(EXTERNAL_ACCOUNT_ID, loadBalancer.replace(account.id, EXTERNAL_ACCOUNT_ID));
  const accessLogGuards = (log: string, bucket: string) => [
    delivery("another account's load balancer would write the access log", "s3:PutObject", log, elsewhere),
    ...otherAccountGuards("the access log", log, account.id),
    ...tlsGuards(bucket, account.id),
  ];
  return [
    ...(flowLogs
      ? serviceTrustGuards(arns.flowLogRole, "vpc-flow-logs", flowLog, inOtherRegion(flowLog, region))
      : []),
    ...(accessLog && ingress.accessLogsBucket ? accessLogGuards(accessLog, ingress.accessLogsBucket) : []),
  ];
}

/** Who must not write into the log of an environment's events. */
export const eventGuards = ({ account, arns }: Environment): ForbiddenCall[] =>
  EVENT_WRITERS.map((service) =>
    forbid(service)(
      "another rule would write into the log of events",
      "logs:PutLogEvents",
      `${arns.eventLogGroup}:log-stream:0123abcd`,
      onBehalfOf(account.id, `${arns.taskEventRule}-other`),
    ),
  );

/** Calls of what suspends scaling that must be denied. */
export function scalingGuards(environment: Environment): ForbiddenCall[] {
  const { scalingMachine, scalingMachineRole, scalingRule, scalingRuleRole } = environment.arns;
  const { scalableTarget } = environmentExamplesOf(environment);
  const machine = forbid(scalingMachineRole);
  const reason = "something else than tasks would be scaled";
  const register = (context: Context) =>
    machine(reason, REGISTER, scalableTarget, { ...ofTasks, ...context });
  return [
    ...serviceTrustGuards(scalingRuleRole, "events", scalingRule, `${scalingRule}-other`),
    ...serviceTrustGuards(scalingMachineRole, "states", scalingMachine, `${scalingMachine}-other`),
    register({ "application-autoscaling:service-namespace": "dynamodb" }),
    register({ "application-autoscaling:scalable-dimension": "ecs:other:Dimension" }),
  ];
}

/** Who must not publish to a topic, or read its messages. */
export function notificationGuards(topicArn: string, keyArn: string): ForbiddenCall[] {
  const outsider = forbid(administratorOf(EXTERNAL_ACCOUNT_ID), BY_RESOURCE);
  return [
    outsider("another account would publish or subscribe", "sns:Publish Subscribe", topicArn),
    outsider("another account would decrypt messages", "kms:Decrypt", keyArn),
    forbid("s3.amazonaws.com")("another service would publish", "sns:Publish", topicArn),
  ];
}
