import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { policyClients } from "../../aws/policy-clients";
import { inventoriesOf, type Inventory } from "../../system/inventory";
import type { System } from "../../system/system";
import { resourceLists, RESOURCE_KINDS, type Policies, type ResourceWithPolicy } from "../read/policies";
import { UnreadableError } from "../../synthesis/unreadable";
import { readers } from "./resources";
import { readManagedPolicy, readRole } from "./roles";

/**
 * The policies of a system as they are in AWS: of every role, bucket, key and repository that it should have.
 * What does not exist is left out, and the calls that need it are not allowed.
 *
 * @throws UnreadableError that names an account whose policies cannot be read.
 */
export async function policiesInAws(system: System): Promise<Policies> {
  const found: Policies[] = [];
  for (const inventory of inventoriesOf(system)) {
    try {
      found.push(await policiesOf(inventory, system.region));
    } catch (error) {
      const { id, name } = inventory.account;
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new UnreadableError(`account ${name} ${id}: cannot read its policies: ${what}`);
    }
  }
  return {
    roles: found.flatMap(({ roles }) => roles),
    managed: found.flatMap(({ managed }) => managed),
    ...resourceLists(({ list }) => found.flatMap((policies) => policies[list])),
  };
}

async function policiesOf(inventory: Inventory, region: string): Promise<Policies> {
  const { account, managedPolicies, roles } = inventory;
  const clients = policyClients(account, region);
  const { Account: reached } = await clients.sts.send(new GetCallerIdentityCommand({}));
  if (reached !== account.id) throw new Error(`the credentials are for account ${reached ?? "unknown"}`);
  const lists = new Map<string, ResourceWithPolicy[]>();
  for (const { kind } of RESOURCE_KINDS) {
    const found = await present(readers[kind].names(inventory), (name) => readers[kind].read(clients, name));
    const owned = found.map((resource) => ({ ...resource, account: account.id }));
    lists.set(kind, owned);
  }
  return {
    roles: await present(roles, (name) => readRole(clients, account.id, name)),
    managed: await present(managedPolicies, (arn) => readManagedPolicy(clients, account.id, arn)),
    ...resourceLists(({ kind }) => lists.get(kind) ?? []),
  };
}

/** What exists of some names, one after another, because AWS limits the rate of IAM requests. */
async function present<Found>(names: readonly string[], read: (name: string) => Promise<Found | undefined>) {
  const found: Found[] = [];
  for (const name of names) {
    const one = await read(name);
    if (one !== undefined) found.push(one);
  }
  return found;
}
