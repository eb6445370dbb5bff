import type { Config } from "../../config/schema";
import { logGroupArn, roleArn } from "../../system/arns";
import type { EnvironmentNames } from "../../system/names";
import { systemOf } from "../../system/system";
import type { Hop } from "../request";
import { onBehalfOf } from "./context";

/** What an environment has once, beside its services. */
export interface EnvironmentParties {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly names: EnvironmentNames;
  /** Whether the traffic of a network made here is recorded. */
  readonly flowLogs: boolean;
  /** The bucket of the load balancer's access logs, if there is one. */
  readonly accessLogsBucket?: string;
}

/** Every environment of a configuration. */
export function environmentsOf(config: Config): EnvironmentParties[] {
  return systemOf(config).environments.map(({ account, flowLogs, ingress, name, names }) => ({
    environment: name,
    account: account.id,
    region: config.region,
    names,
    flowLogs,
    accessLogsBucket: ingress.accessLogsBucket,
  }));
}

/** What an environment does by itself: it records its traffic. */
export function environmentHops(parties: EnvironmentParties): Hop[] {
  const { account, accessLogsBucket } = parties;
  const { flowLog, group, loadBalancer, role } = arnsOf(parties);
  const recording: Hop[] = [
    {
      purpose: "record the traffic",
      principal: "vpc-flow-logs.amazonaws.com",
      actions: ["sts:AssumeRole"],
      resource: role,
      owner: account,
      context: onBehalfOf(account, flowLog),
    },
    {
      purpose: "find the log",
      principal: role,
      actions: ["logs:DescribeLogGroups"],
      resource: "*",
      owner: account,
    },
    {
      purpose: "find its streams",
      principal: role,
      actions: ["logs:DescribeLogStreams"],
      resource: `${group}:log-stream:`,
      owner: account,
    },
    {
      purpose: "write the log",
      principal: role,
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resource: `${group}:log-stream:eni-0123456789abcdef0-all`,
      owner: account,
    },
  ];
  return [
    ...(parties.flowLogs ? recording : []),
    ...(accessLogsBucket === undefined
      ? []
      : [
          {
            purpose: "write the load balancer's access log",
            principal: LOG_DELIVERY,
            actions: ["s3:PutObject"],
            resource: accessLogOf(accessLogsBucket, account),
            owner: account,
            context: onBehalfOf(account, loadBalancer),
          },
        ]),
  ];
}

export const LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com";
export const accessLogOf = (bucket: string, account: string) =>
  `arn:aws:s3:::${bucket}/AWSLogs/${account}/elasticloadbalancing/any.log.gz`;

/** ARNs of what records traffic; where AWS chooses an id, one of its form. */
export function arnsOf({ account, names, region }: EnvironmentParties) {
  const own = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  return {
    role: roleArn(account, names.flowLogRole),
    group: logGroupArn({ accountId: account, region }, names.flowLogGroup),
    flowLog: own("ec2", "vpc-flow-log/fl-0123456789abcdef0"),
    loadBalancer: own("elasticloadbalancing", `loadbalancer/app/${names.loadBalancer}/0123456789abcdef`),
  };
}
