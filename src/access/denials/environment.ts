import { bucketArn } from "../../naming/arns";
import { onBehalfOf } from "../chain/context";
import { accessLogOf, arnsOf, LOG_DELIVERY, type EnvironmentParties } from "../chain/environment";
import { administratorOf, STRANGE_ACCOUNT } from "../parties";
import type { Denial } from "../request";
import { tagged } from "./rows";
import { bucketInTheClear } from "./without-tls";

/** What the recording of traffic must not be used for. */
export function environmentDenials(parties: EnvironmentParties): Denial[] {
  return [
    ...(parties.flowLogs ? flowLogDenials(parties) : []),
    ...(parties.accessLogsBucket === undefined ? [] : accessLogDenials(parties, parties.accessLogsBucket)),
  ];
}

function flowLogDenials(parties: EnvironmentParties): Denial[] {
  const { account, region } = parties;
  const { flowLog, group, role } = arnsOf(parties);
  const assume = { actions: ["sts:AssumeRole"], resource: role, owner: account };
  const service = { ...assume, principal: "vpc-flow-logs.amazonaws.com" };
  const strange = flowLog.replace(account, STRANGE_ACCOUNT);
  const elsewhere = flowLog.replace(region, "xx-nowhere-1");
  const written = { principal: role, owner: account };
  const stream = (of: string) => `${of}:log-stream:any`;
  return [
    {
      ...service,
      reason: "another account's traffic would be recorded here",
      context: onBehalfOf(STRANGE_ACCOUNT, strange),
    },
    {
      ...service,
      reason: "another region's traffic would be recorded here",
      context: onBehalfOf(account, elsewhere),
    },
    { ...service, reason: "traffic would be recorded for nobody", context: {} },
    { ...tagged(role, account), principal: service.principal, context: onBehalfOf(account, flowLog) },
    {
      ...assume,
      reason: "another service would write the log",
      principal: "lambda.amazonaws.com",
      context: onBehalfOf(account, flowLog),
    },
    {
      ...written,
      reason: "a record would go into another log",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resource: stream(`${group}-stranger`),
    },
    {
      ...written,
      reason: "another log would be looked into",
      actions: ["logs:DescribeLogStreams"],
      resource: `${group}-stranger:log-stream:`,
    },
    {
      ...written,
      reason: "a record would be deleted",
      actions: ["logs:DeleteLogStream"],
      resource: stream(group),
    },
    { ...written, reason: "a record would be deleted", actions: ["logs:DeleteLogGroup"], resource: group },
    {
      ...written,
      reason: "the role would read, or delete, logs of others",
      actions: ["logs:FilterLogEvents", "logs:DeleteLogGroup"],
      resource: `${group}-stranger`,
    },
  ];
}

function accessLogDenials(parties: EnvironmentParties, bucketName: string): Denial[] {
  const { account } = parties;
  const { loadBalancer } = arnsOf(parties);
  const bucket = bucketArn(bucketName);
  const log = accessLogOf(bucketName, account);
  const delivery = { principal: LOG_DELIVERY, owner: account };
  const context = onBehalfOf(account, loadBalancer);
  return [
    {
      ...delivery,
      reason: "another account's load balancer would write here",
      actions: ["s3:PutObject"],
      resource: log,
      context: onBehalfOf(STRANGE_ACCOUNT, loadBalancer.replace(account, STRANGE_ACCOUNT)),
    },
    {
      ...delivery,
      reason: "a log would lie where no log belongs",
      actions: ["s3:PutObject"],
      resource: `${bucket}/elsewhere.log.gz`,
      context,
    },
    {
      ...delivery,
      reason: "a log's writer would read, or delete, logs",
      actions: ["s3:GetObject", "s3:DeleteObject"],
      resource: log,
      context,
    },
    {
      ...delivery,
      reason: "a log would travel in the clear",
      actions: ["s3:PutObject"],
      resource: log,
      context: { ...context, "aws:SecureTransport": "false" },
    },
    {
      principal: administratorOf(STRANGE_ACCOUNT),
      granted: "identity",
      reason: "a stranger would read, or write, logs",
      actions: ["s3:GetObject", "s3:PutObject"],
      resource: log,
      owner: account,
    },
    ...bucketInTheClear(bucket, account, "logs would travel in the clear"),
  ];
}
