import { deliveryArns, regionalArn } from "../system/arns";
import type { DeliveryNames } from "../system/names";
import type { Delivery } from "../system/system";
import { examplesOf, type DeliveryExamples } from "./examples";

/** A delivery, with what only its policies or AWS can say. */
export interface Parties extends Delivery {
  /** ARN of the artifacts' key. AWS chooses its id, so it is read from the policies, by the key's alias. */
  readonly keyArn: string;
  readonly examples: DeliveryExamples;
}

/** @param keyArn @default - a placeholder that names the alias, so that calls which need the key are not allowed */
export const partiesOf = (delivery: Delivery, keyArn = missingKeyArn(delivery)): Parties => ({
  ...delivery,
  keyArn,
  examples: examplesOf(delivery, delivery.arns),
});

/** In place of the ARN of a key that does not exist. */
const missingKeyArn = ({ names, region, shared }: Delivery) =>
  sharedKeyArn(region, shared.id, `no-key-with-${names.artifactKeyAlias.replaceAll("/", "-")}`);

const sharedKeyArn = (region: string, accountId: string, id: string) =>
  regionalArn({ accountId, region }, "kms", `key/${id}`);

/** An account outside the system. AWS assigns no id with eight leading zeros. */
export const EXTERNAL_ACCOUNT_ID = "000000009999";

/** A principal whose own policies allow everything that its account can allow. */
export const administratorOf = (accountId: string) => `arn:aws:iam::${accountId}:role/any-administrator`;

/**
 * A delivery that the configuration does not have: another service, another environment, other names. A
 * guard that needs another delivery then always has one.
 *
 * @param accountId The account of its environment.
 */
export function unrelatedParties(own: Parties, accountId: string): Parties {
  const { region, service, shared } = own;
  const here = { accountId, region };
  const there = { accountId: shared.id, region };
  const { connection } = service.source;
  const names = Object.fromEntries(
    Object.entries(own.names).map(([name, value]) => [name, `${value}-unrelated`]),
  ) as DeliveryNames;
  const account = { ...own.account, id: accountId };
  const delivery: Delivery = {
    ...own,
    service: {
      ...service,
      name: "unrelated",
      source: connection
        ? { connection: { ...connection, arn: `${connection.arn}-unrelated` } }
        : service.source,
    },
    environment: { ...own.environment, name: "unrelated", account },
    names,
    arns: deliveryArns(names, there, here, "unrelated"),
    account,
    crossesAccounts: accountId !== shared.id,
    deploymentConfigName: "unrelated",
    secretArns: [regionalArn(here, "secretsmanager", "secret:unrelated-AbCdEf")],
    parameterArns: [regionalArn(here, "ssm", "parameter/unrelated")],
    buildSecretArns: [regionalArn(there, "secretsmanager", "secret:unrelated-build-AbCdEf")],
    buildParameterArns: [regionalArn(there, "ssm", "parameter/unrelated-build")],
    sidecarRepositoryArns: [regionalArn(here, "ecr", "repository/unrelated-sidecar")],
    hookArns: [regionalArn(here, "lambda", "function:unrelated")],
  };
  return partiesOf(delivery, sharedKeyArn(region, shared.id, "99999999-9999-4999-8999-999999999999"));
}
