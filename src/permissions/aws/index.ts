import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import { inventoriesOf, type Inventory } from "../../system/inventory";
import type { Account, System } from "../../system/system";
import type { Policies, ResourceWithPolicy } from "../read/policies";
import { resourceLists, RESOURCE_KINDS, type ResourceKindRow } from "../read/resource-kinds";
import { UnreadableError } from "../read/unreadable";
import { clientsOf, type Clients } from "./clients";
import { readers } from "./resources";
import { readManagedPolicy, readRole } from "./roles";

/** The credentials that read an account's policies. */
export type CredentialsFor = (account: Account) => AwsCredentialIdentityProvider;

/**
 * The policies of a system as they are in AWS: of every role, bucket, key and repository that it should have.
 * What does not exist is left out, and the calls that need it are not allowed.
 *
 * @throws UnreadableError that names an account whose policies cannot be read.
 */
export async function policiesInAws(system: System, credentialsFor: CredentialsFor): Promise<Policies> {
  const found: Policies[] = [];
  for (const inventory of inventoriesOf(system)) {
    const { account } = inventory;
    try {
      found.push(await policiesOf(inventory, clientsOf(system.region, credentialsFor(account))));
    } catch (error) {
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new UnreadableError(`account ${account.name} ${account.id}: cannot read its policies: ${what}`);
    }
  }
  return {
    roles: found.flatMap(({ roles }) => roles),
    managed: found.flatMap(({ managed }) => managed),
    ...resourceLists(({ list }) => found.flatMap((policies) => policies[list])),
  };
}

async function policiesOf(inventory: Inventory, clients: Clients): Promise<Policies> {
  const { id } = inventory.account;
  const { Account: reached } = await clients.sts.send(new GetCallerIdentityCommand({}));
  if (reached !== id) throw new Error(`the credentials are for account ${reached ?? "unknown"}`);
  const lists = new Map<ResourceKindRow, ResourceWithPolicy[]>();
  for (const row of RESOURCE_KINDS) {
    const resources = await present(inventory[row.inventory], (name) => readers[row.kind](clients, name));
    lists.set(
      row,
      resources.map((resource) => ({ ...resource, account: id })),
    );
  }
  return {
    roles: await present(inventory.roles, (name) => readRole(clients, id, name)),
    managed: await present(inventory.managedPolicies, (arn) => readManagedPolicy(clients, id, arn)),
    ...resourceLists((row) => lists.get(row) ?? []),
  };
}

/** What exists of some names, one after another, because AWS limits the rate of IAM requests. */
async function present<Found>(
  names: readonly string[],
  read: (name: string) => Promise<Found | undefined>,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of names) {
    const one = await read(name);
    if (one !== undefined) found.push(one);
  }
  return found;
}
