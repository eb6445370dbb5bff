import { arnsOf, type EnvironmentParties } from "../../chain/environment";
import { ANY } from "../difference";
import { bucketWires } from "./bucket";
import { logGroupWire } from "./log-group";
import type { Wire } from "./wire";

/** What an environment has once: its cluster, its load balancer, and what records their traffic. */
export function environmentWires(parties: EnvironmentParties): Wire[] {
  const { accessLogsBucket: bucket, account, flowLogs, names } = parties;
  return [
    {
      account,
      type: "aws_ecs_cluster",
      by: ["name"],
      block: { name: names.cluster, setting: ANY },
    },
    {
      account,
      type: "aws_lb",
      by: ["name"],
      block: {
        name: names.loadBalancer,
        access_logs: bucket === undefined ? undefined : { bucket, enabled: true },
        load_balancer_type: "application",
        drop_invalid_header_fields: ANY,
        enable_deletion_protection: ANY,
        internal: ANY,
        security_groups: ANY,
        subnets: ANY,
      },
    },
    ...(bucket === undefined ? [] : bucketWires({ account, bucket })),
    ...(flowLogs ? flowLogWires(parties) : []),
  ];
}

function flowLogWires(parties: EnvironmentParties): Wire[] {
  const { account, names } = parties;
  const { group, role } = arnsOf(parties);
  return [
    logGroupWire(account, names.flowLogGroup),
    {
      account,
      type: "aws_flow_log",
      by: ["log_destination", "iam_role_arn"],
      block: { log_destination: group, iam_role_arn: role, traffic_type: "ALL", vpc_id: ANY },
    },
  ];
}
