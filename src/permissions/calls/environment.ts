import type { Environment } from "../../system/system";
import { accessLogExample, environmentExamplesOf } from "../examples";
import type { RequiredCall } from "../request";
import { assume, callsBy, onBehalfOf } from "./call";

/** The service that writes a load balancer's access log. */
export const LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com";

/** What records an environment's traffic. */
export function environmentCalls(environment: Environment, region: string): RequiredCall[] {
  const { account, flowLogs, ingress } = environment;
  const { loadBalancer } = environmentExamplesOf(environment, region);
  const deliverLog = (bucket: string) =>
    callsBy(LOG_DELIVERY, account.id)(
      "write the load balancer's access log",
      ["s3:PutObject"],
      accessLogExample(bucket, account.id),
      { context: onBehalfOf(account.id, loadBalancer) },
    );
  return [
    ...(flowLogs ? flowLogCalls(environment, region) : []),
    ...(ingress.accessLogsBucket === undefined ? [] : [deliverLog(ingress.accessLogsBucket)]),
  ];
}

function flowLogCalls(environment: Environment, region: string): RequiredCall[] {
  const { account, arns } = environment;
  const { flowLog, flowLogStream } = environmentExamplesOf(environment, region);
  const flowLogs = callsBy(arns.flowLogRole, account.id);
  return [
    assume(
      "record the traffic",
      "vpc-flow-logs.amazonaws.com",
      arns.flowLogRole,
      onBehalfOf(account.id, flowLog),
    ),
    flowLogs("find the log", ["logs:DescribeLogGroups"], "*"),
    flowLogs("find its streams", ["logs:DescribeLogStreams"], `${arns.flowLogGroup}:log-stream:`),
    flowLogs("write the log", ["logs:CreateLogStream", "logs:PutLogEvents"], flowLogStream),
  ];
}
