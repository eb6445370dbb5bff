import type { Environment } from "../../system/system";
import { onBehalfOf } from "../calls/call";
import { LOG_DELIVERY } from "../calls/environment";
import { accessLogExample, environmentExamplesOf } from "../examples";
import { EXTERNAL_ACCOUNT_ID } from "../parties";
import type { ForbiddenCall } from "../request";
import { otherAccountGuards, tlsGuards } from "./bucket";
import { inOtherRegion, forbid, serviceTrustGuards } from "./forbid";

/** Every call on an environment's traffic records that must be denied. */
export function environmentGuards(environment: Environment, region: string): ForbiddenCall[] {
  const { arns, flowLogs, ingress } = environment;
  const { flowLog } = environmentExamplesOf(environment, region);
  return [
    ...(flowLogs
      ? serviceTrustGuards(arns.flowLogRole, "vpc-flow-logs", flowLog, inOtherRegion(flowLog, region))
      : []),
    ...(ingress.accessLogsBucket === undefined
      ? []
      : accessLogGuards(environment, region, ingress.accessLogsBucket)),
  ];
}

function accessLogGuards(environment: Environment, region: string, bucket: string): ForbiddenCall[] {
  const { account } = environment;
  const { loadBalancer } = environmentExamplesOf(environment, region);
  const log = accessLogExample(bucket, account.id);
  const delivery = forbid(LOG_DELIVERY, account.id);
  return [
    delivery("another account's load balancer would write the access log", ["s3:PutObject"], log, {
      context: onBehalfOf(EXTERNAL_ACCOUNT_ID, loadBalancer.replace(account.id, EXTERNAL_ACCOUNT_ID)),
    }),
    ...otherAccountGuards("the access log", log, bucket, account.id),
    ...tlsGuards(bucket, account.id),
  ];
}
