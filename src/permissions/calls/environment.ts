import type { Environment } from "../../system/system";
import { environmentExamplesOf } from "../parties";
import type { RequiredCall } from "../request";
import { assumeFor, callsBy, onBehalfOf } from "./call";

/** The service that writes a load balancer's access log. */
export const LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com";

/** What records an environment's traffic. */
export function environmentCalls(environment: Environment, region: string): RequiredCall[] {
  const { account, arns } = environment;
  const { accessLog, flowLog, flowLogStream, loadBalancer } = environmentExamplesOf(environment, region);
  const flowLogs = callsBy(arns.flowLogRole);
  const delivery = callsBy(LOG_DELIVERY, account.id);
  const recordFlows = [
    assumeFor("record the traffic", "vpc-flow-logs", arns.flowLogRole, flowLog),
    flowLogs("find the log", ["logs:DescribeLogGroups"], "*"),
    flowLogs("find its streams", ["logs:DescribeLogStreams"], `${arns.flowLogGroup}:log-stream:`),
    flowLogs("write the log", ["logs:CreateLogStream", "logs:PutLogEvents"], flowLogStream),
  ];
  const recordRequests = (log: string) =>
    delivery("write the load balancer's access log", ["s3:PutObject"], log, {
      context: onBehalfOf(account.id, loadBalancer),
    });
  return [...(environment.flowLogs ? recordFlows : []), ...(accessLog ? [recordRequests(accessLog)] : [])];
}
