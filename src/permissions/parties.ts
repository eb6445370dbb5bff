import { bucketArn, deliveryArns, regionalArn } from "../system/arns";
import type { DeliveryNames } from "../system/naming/names";
import type { Account, Delivery, Environment } from "../system/system";

/** A delivery, with what only its policies or AWS can say. */
export interface Parties extends Delivery {
  /** ARN of the artifacts' key. AWS chooses its id, so it is read from the policies, by the key's alias. */
  readonly keyArn: string;
  readonly examples: ReturnType<typeof examplesOf>;
}

/** @param keyArn @default - a placeholder that names the alias, so that calls which need the key are not allowed */
export const partiesOf = (
  delivery: Delivery,
  keyArn = missingKeyArn(delivery, delivery.names.artifactKeyAlias),
): Parties => ({ ...delivery, keyArn, examples: examplesOf(delivery) });

/** In place of a key that does not exist. */
export const missingKeyArn = (system: Pick<Delivery, "region" | "shared">, alias: string) =>
  sharedKeyArn(system, `no-key-with-${alias.replaceAll("/", "-")}`);

const sharedKeyArn = ({ region, shared }: Pick<Delivery, "region" | "shared">, id: string) =>
  regionalArn({ accountId: shared.id, region }, "kms", `key/${id}`);

/** An account outside the system. AWS assigns no id with eight leading zeros. */
export const EXTERNAL_ACCOUNT_ID = "000000009999";

/** A principal whose own policies allow everything that its account can allow. */
export const administratorOf = (accountId: string) => `arn:aws:iam::${accountId}:role/any-administrator`;

/** What guards need of another delivery. */
export type Other = Pick<Parties, "arns" | "examples" | "keyArn" | "names" | "region">;

/**
 * A delivery that the configuration does not have, in the same accounts. A guard that needs another delivery
 * then always has one.
 */
export function unrelatedParties(own: Parties): Other {
  const { account, region, shared } = own;
  const names = Object.fromEntries(
    Object.entries(own.names).map(([name, value]) => [name, `${value}-unrelated`]),
  ) as DeliveryNames;
  const place = ({ id }: Account) => ({ accountId: id, region });
  const arns = deliveryArns(names, place(shared), place(account), "unrelated");
  const keyArn = sharedKeyArn(own, "99999999-9999-4999-8999-999999999999");
  return { arns, examples: examplesOf({ ...own, arns, names }), keyArn, names, region };
}

const ID = "0123456789abcdef";

/** CodePipeline starts an artifact's key with the pipeline's name, cut to this many characters. */
const PIPELINE_PREFIX_LENGTH = 20;

const inAccount =
  ({ id }: Account, region: string) =>
  (service: string, resource: string) =>
    regionalArn({ accountId: id, region }, service, resource);

/** Every alarm of a delivery's account. */
export const alarmsOf = ({ account, region }: Delivery) =>
  inAccount(account, region)("cloudwatch", "alarm:*");

/** ARNs of a delivery's resources whose ids or keys AWS chooses, each with an id of the right form. */
export function examplesOf({ account, arns, environment, names, region }: Delivery) {
  const own = inAccount(account, region);
  const loadBalancer = `app/${names.loadBalancer}/${ID}`;
  return {
    artifact: `${arns.artifactBucket}/${names.pipeline.slice(0, PIPELINE_PREFIX_LENGTH)}/BuildArtif/4xGk2Pq`,
    buildCache: `${arns.artifactBucket}/${environment.name}/cache/0123abcd`,
    buildLog: `${arns.artifactBucket}/${environment.name}/logs/0123abcd.gz`,
    buildLogStream: `${arns.buildLogGroup}:log-stream:0123abcd`,
    taskDefinitionRevision: `${arns.taskDefinition}:1`,
    taskSet: `${arns.ecsService.replace(":service/", ":task-set/")}/ecs-svc/1234567890123456789`,
    task: own("ecs", `task/${names.cluster}/${ID}${ID}`),
    taskLogStream: `${arns.serviceLogGroup}:log-stream:app/0123abcd`,
    listener: own("elasticloadbalancing", `listener/${loadBalancer}/${ID}`),
    listenerRule: own("elasticloadbalancing", `listener-rule/${loadBalancer}/${ID}/${ID}`),
  };
}

/** The same for what an environment has once. */
export function environmentExamplesOf({ account, arns, ingress, names, region }: Environment) {
  const own = inAccount(account, region);
  const bucket = ingress.accessLogsBucket;
  return {
    scalableTarget: own("application-autoscaling", `scalable-target/${ID}${ID}`),
    flowLog: own("ec2", `vpc-flow-log/fl-${ID}0`),
    flowLogStream: `${arns.flowLogGroup}:log-stream:eni-${ID}0-all`,
    loadBalancer: own("elasticloadbalancing", `loadbalancer/app/${names.loadBalancer}/${ID}`),
    /** Undefined without a bucket for it. */
    accessLog: bucket && `${bucketArn(bucket)}/AWSLogs/${account.id}/elasticloadbalancing/any.log.gz`,
  };
}
