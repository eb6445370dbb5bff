import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { policyClients } from "../../aws/policies/clients";
import { readBucket, readKey, readRepository, type ResourceInAws } from "../../aws/policies/resources";
import { readManagedPolicy, readRole } from "../../aws/policies/roles";
import { UnreadableError } from "../../synthesis/unreadable";
import { inventoriesOf, type Inventory } from "../../system/inventory";
import type { System } from "../../system/system";
import { isRole } from "../arn";
import { resourceLists, type Policies, type ResourceKind, type ResourceWithPolicy } from "./policies";
import { parsePolicy, type PolicyStatement } from "./policy-json";

/** The reader of each kind of resource, and the names that it reads. */
const READERS = {
  bucket: { read: readBucket, names: "buckets" },
  key: { read: readKey, names: "keyAliases" },
  repository: { read: readRepository, names: "containerRepositories" },
} as const satisfies Record<ResourceKind, { readonly names: keyof Inventory; readonly read: unknown }>;

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
  const account = inventory.account.id;
  const clients = policyClients(inventory.account, region);
  const { Account: reached = "" } = await clients.sts.send(new GetCallerIdentityCommand({}));
  if (reached !== account) throw new Error(`the credentials are for account ${reached}`);
  const resources = new Map<string, ResourceWithPolicy[]>();
  for (const [kind, { names, read }] of Object.entries(READERS)) {
    const found = await present(inventory[names], (name) => read(clients, name));
    resources.set(
      kind,
      found.map((resource) => resourceOf(resource, account)),
    );
  }
  const roles = await present(inventory.roles, (name) => readRole(clients, name));
  const managed = await present(inventory.managedPolicies, async (arn) => {
    const text = await readManagedPolicy(clients, arn);
    return text === undefined ? undefined : { arn, account, document: parsePolicy(text, arn) };
  });
  return {
    roles: roles.map(({ arn, hasBoundary, identity, trust }) => {
      if (hasBoundary) throw new Error(`the proof does not read the permissions boundary of ${arn}`);
      const parsed = identity.map(({ name, text }) => ({
        name,
        document: parsePolicy(text, `${name} of ${arn}`),
      }));
      return { arn, account, trust: parsePolicy(trust, `trust policy of ${arn}`), identity: parsed };
    }),
    managed,
    ...resourceLists(({ kind }) => resources.get(kind) ?? []),
  };
}

const resourceOf = (
  { aliases, arn, grants, policy }: ResourceInAws,
  account: string,
): ResourceWithPolicy => ({
  arn,
  account,
  policy: policy === undefined ? null : parsePolicy(policy, `policy of ${arn}`),
  ...(aliases && { aliases }),
  grants: grants?.map(statementOf),
});

/**
 * A grant of a key, as the statement of a key policy that allows the same.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function statementOf(grant: NonNullable<ResourceInAws["grants"]>[number]): PolicyStatement {
  const { Constraints, GrantId = "", GranteePrincipal = "", Operations = [] } = grant;
  const context = Object.entries({
    ...Constraints?.EncryptionContextSubset,
    ...Constraints?.EncryptionContextEquals,
  });
  const keys = context.map(([key, value]): [string, string] => [`kms:EncryptionContext:${key}`, value]);
  return {
    Sid: `Grant${GrantId}`,
    Effect: "Allow",
    Principal: { [isRole(GranteePrincipal) ? "AWS" : "Service"]: GranteePrincipal },
    Action: Operations.map((operation) => `kms:${operation}`),
    Resource: "*",
    ...(keys.length > 0 && { Condition: { StringEquals: Object.fromEntries(keys) } }),
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
