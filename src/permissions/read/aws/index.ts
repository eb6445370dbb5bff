import { policyClients, type PolicyClients } from "../../../aws/policy-clients";
import { requireAccount } from "../../../aws/require-account";
import { InputError } from "../../../errors";
import { inventoriesOf, type Inventory } from "../../../system/inventory";
import type { System } from "../../../system/system";
import { resourceLists, type Policies } from "../policies";
import { readBucket, readKey, readLogPolicy, readRepository, readTopic } from "./resources";
import { readManagedPolicy, readRole } from "./roles";

/**
 * The policies of a system as they are in AWS: of every role, bucket, key and repository that it should have.
 * What does not exist is left out, and the calls that need it are not allowed.
 *
 * @throws InputError that names an account whose policies cannot be read.
 */
export async function policiesInAws(system: System): Promise<Policies> {
  const found: Policies[] = [];
  for (const inventory of inventoriesOf(system)) {
    try {
      found.push(await policiesOf(inventory, system.region));
    } catch (error) {
      const { id, name } = inventory.account;
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new InputError(`account ${name} ${id}: cannot read its policies: ${what}`);
    }
  }
  return {
    roles: found.flatMap(({ roles }) => roles),
    managed: found.flatMap(({ managed }) => managed),
    ...resourceLists(({ list }) => found.flatMap((policies) => policies[list])),
  };
}

async function policiesOf(inventory: Inventory, region: string): Promise<Policies> {
  const { id: account, name } = inventory.account;
  await requireAccount(name, inventory.account, region);
  const clients = policyClients(inventory.account, region);
  /** Reads what exists, one after another, because AWS limits the rate of IAM requests. */
  const readAll = async <Found>(names: readonly string[], read: Reader<Found>) => {
    const found: (Found & { readonly account: string })[] = [];
    for (const name of names) {
      const one = await read(clients, name);
      if (one) found.push({ ...one, account });
    }
    return found;
  };
  return {
    roles: await readAll(inventory.roles, readRole),
    managed: await readAll(inventory.managedPolicies, readManagedPolicy),
    buckets: await readAll(inventory.buckets, readBucket),
    keys: await readAll(inventory.keyAliases, readKey),
    repositories: await readAll(inventory.containerRepositories, readRepository),
    topics: await readAll(inventory.topics, readTopic),
    logGroups: await readAll(inventory.logPolicies, readLogPolicy),
  };
}

/** Reads something by its name, a key by its alias, or a managed policy by its ARN. Undefined if it does not exist. */
type Reader<Found> = (clients: PolicyClients, name: string) => Promise<Found | undefined>;
