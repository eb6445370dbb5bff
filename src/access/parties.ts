import type { Config } from "../config/schema";
import type { DeliveryNames } from "../system/names";
import type { Settings } from "../system/settings";
import { systemOf, type Delivery, type Environment } from "../system/system";
import { arnsOfDelivery, type DeliveryArns, type Ends } from "./arns-of-delivery";
import type { Evidence } from "./evidence/documents";

/** Who and what takes part in one service's delivery to one environment. */
export interface Parties extends Ends, DeliveryArns {
  readonly service: string;
  readonly environment: string;
  readonly names: DeliveryNames;
  /** What the configuration says of the service and of the environment. */
  readonly configured: {
    readonly environment: Environment;
    readonly service: Settings & { readonly source: Delivery["service"]["source"] };
    readonly settings: Settings;
  };
  /** ARN of the connection that the source lies behind, if it is not in CodeCommit. */
  readonly connection?: string;
  /** ARN of the artifacts' key. AWS chooses its id, so the evidence says it, by the alias. */
  readonly key: string;
  readonly keyAlias: string;
  readonly deploymentConfig: string;
  /** ARNs of what the tasks are given, without a container's JSON keys. */
  readonly secrets: readonly string[];
  readonly parameters: readonly string[];
  readonly hooks: readonly string[];
  readonly exec: boolean;
  readonly xray: boolean;
}

/** The parties to every delivery of a configuration. */
export const allParties = (config: Config, evidence: Evidence): Parties[] =>
  systemOf(config).deliveries.map((delivery) => partiesOf(evidence, delivery));

/** In place of a key that is not there: hops that need it then fail, and say which alias is missing. */
export const missingKey = ({ region, shared }: Ends, alias: string) =>
  `arn:aws:kms:${region}:${shared}:key/no-key-with-${alias.replaceAll("/", "-")}`;

function partiesOf(evidence: Evidence, delivery: Delivery): Parties {
  const { account, arns, environment, names, region, service, settings, shared } = delivery;
  const ends = { region, shared: shared.id, account: account.id };
  const keyAlias = names.artifactKeyAlias;
  const key = evidence.keys.find((one) => one.account === shared.id && one.aliases.includes(keyAlias));
  return {
    ...ends,
    ...arnsOfDelivery(names, ends),
    service: service.name,
    environment: environment.name,
    names,
    configured: { environment, service: { ...settings, source: service.source }, settings },
    connection: service.source.connection?.arn,
    key: key?.arn ?? missingKey(ends, keyAlias),
    keyAlias,
    deploymentConfig: arns.deploymentConfig,
    secrets: delivery.secretArns,
    parameters: delivery.parameterArns,
    exec: settings.task.exec,
    xray: settings.task.xray,
    hooks: delivery.hookArns,
  };
}

/** A delivery that is none of the configuration's, beside a real one: in its accounts, by other names. */
export function strangerBeside(parties: Parties): Parties {
  return stranger(parties, parties.account);
}

/** A delivery to an environment of which nobody here knows. */
export function strangerElsewhere(parties: Parties): Parties {
  return stranger(parties, STRANGE_ACCOUNT);
}

/** An account of nobody here. AWS gives no ids with eight zeros in front. */
export const STRANGE_ACCOUNT = "000000009999";

function stranger(parties: Parties, account: string): Parties {
  const names = Object.fromEntries(
    Object.entries(parties.names).map(([name, value]) => [name, `${value}-stranger`]),
  ) as DeliveryNames;
  const ends = { ...parties, account };
  const arn = (service: string, resource: string) =>
    `arn:aws:${service}:${parties.region}:${account}:${resource}`;
  return {
    ...ends,
    ...arnsOfDelivery(names, ends),
    service: "stranger",
    environment: "stranger",
    names,
    connection: parties.connection && `${parties.connection}-stranger`,
    key: `arn:aws:kms:${parties.region}:${parties.shared}:key/99999999-9999-4999-8999-999999999999`,
    keyAlias: names.artifactKeyAlias,
    deploymentConfig: arn("codedeploy", "deploymentconfig:stranger"),
    secrets: [arn("secretsmanager", "secret:stranger-AbCdEf")],
    parameters: [arn("ssm", "parameter/stranger")],
    hooks: [arn("lambda", "function:stranger")],
  };
}

/** Somebody who may do anything that an account by itself can allow. */
export const administratorOf = (account: string) => `arn:aws:iam::${account}:role/any-administrator`;
