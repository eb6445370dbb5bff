import type { Environment } from "../../system/system";
import { onBehalfOf } from "../calls/call";
import { EVENT_WRITERS, LOG_DELIVERY, ofTasks, REGISTER } from "../calls/environment";
import { EXTERNAL_ACCOUNT_ID, environmentExamplesOf } from "../parties";
import type { Context, ForbiddenCall } from "../request";
import { otherAccountGuards, tlsGuards } from "./bucket";
import { inOtherRegion, forbid } from "./forbid";
import { serviceTrustGuards } from "./trusts";

/** Every call on an environment's traffic records that must be denied. */
export function environmentGuards(environment: Environment, region: string): ForbiddenCall[] {
  const { account, arns, flowLogs, ingress } = environment;
  const { accessLog, flowLog, loadBalancer } = environmentExamplesOf(environment, region);
  const otherLoadBalancer = loadBalancer.replace(account.id, EXTERNAL_ACCOUNT_ID);
  const delivery = forbid(LOG_DELIVERY, { owner: account.id });
  const accessLogGuards = (log: string, bucket: string) => [
    delivery("another account's load balancer would write the access log", "s3:PutObject", log, {
      context: onBehalfOf(EXTERNAL_ACCOUNT_ID, otherLoadBalancer),
    }),
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
      { context: onBehalfOf(account.id, `${arns.taskEventRule}-other`) },
    ),
  );

/** Calls of what suspends scaling that must be denied. */
export function scalingGuards(environment: Environment, region: string): ForbiddenCall[] {
  const { scalingMachine, scalingMachineRole, scalingRule, scalingRuleRole } = environment.arns;
  const { scalableTarget } = environmentExamplesOf(environment, region);
  const machine = forbid(scalingMachineRole);
  const reason = "something else than tasks would be scaled";
  const register = (context: Context) =>
    machine(reason, REGISTER, scalableTarget, { context: { ...ofTasks, ...context } });
  return [
    ...serviceTrustGuards(scalingRuleRole, "events", scalingRule, `${scalingRule}-other`),
    ...serviceTrustGuards(scalingMachineRole, "states", scalingMachine, `${scalingMachine}-other`),
    register({ "application-autoscaling:service-namespace": "dynamodb" }),
    register({ "application-autoscaling:scalable-dimension": "ecs:other:Dimension" }),
  ];
}
