import { ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import type { Account, Config } from "../../config/schema";
import type { Evidence } from "../evidence/documents";
import { UnreadableError } from "../evidence/synthesis";
import { expectedOf, type Expected } from "../expected";
import { readBucket } from "./buckets";
import { accountOf, type Clients } from "./clients";
import { readKey } from "./keys";
import { readRepository } from "./repositories";
import { readManagedPolicy, readRole } from "./roles";

/** The credentials with which an account's documents are read. */
export type AccountAccess = (account: Account) => AwsCredentialIdentityProvider;

/**
 * The same documents as `synthesizedEvidence` has, as they stand in AWS: of every role, bucket, key and
 * repository that the configuration's chain needs. What is not there is left out; the chain misses it.
 *
 * @throws UnreadableError that names an account which cannot be reached, or may not be read.
 */
export async function deployedEvidence(config: Config, accessTo: AccountAccess): Promise<Evidence> {
  const found: Evidence[] = [];
  for (const [id, expected] of expectedOf(config)) {
    const [name, account] = Object.entries(config.accounts).find(([, one]) => one.id === id) ?? [];
    if (account)
      found.push(await named(name, id, evidenceIn(id, expected, clientsOf(config, accessTo(account)))));
  }
  return {
    roles: found.flatMap(({ roles }) => roles),
    buckets: found.flatMap(({ buckets }) => buckets),
    keys: found.flatMap(({ keys }) => keys),
    repositories: found.flatMap(({ repositories }) => repositories),
    managed: found.flatMap(({ managed }) => managed),
  };
}

/** What AWS's SDK throws, with the account that it was about. */
async function named<Found>(name: string | undefined, id: string, work: Promise<Found>): Promise<Found> {
  try {
    return await work;
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new UnreadableError(`account ${name ?? ""} ${id}: its documents cannot be read: ${what}`);
  }
}

function clientsOf({ region }: Config, credentials: AwsCredentialIdentityProvider): Clients {
  const options = { region, credentials };
  return {
    ecr: new ECRClient(options),
    iam: new IAMClient(options),
    kms: new KMSClient(options),
    s3: new S3Client(options),
    sts: new STSClient(options),
  };
}

async function evidenceIn(account: string, expected: Expected, clients: Clients): Promise<Evidence> {
  const reached = await accountOf(clients);
  if (reached !== account) throw new Error(`the credentials are those of account ${reached}`);
  return {
    roles: await present(expected.roles, (name) => readRole(clients, account, name)),
    buckets: await present(expected.buckets, (name) => readBucket(clients, account, name)),
    keys: await present(expected.keyAliases, (alias) => readKey(clients, account, alias)),
    repositories: await present(expected.repositories, (name) => readRepository(clients, account, name)),
    managed: await present(expected.managedPolicies, (arn) => readManagedPolicy(clients, account, arn)),
  };
}

/** What was found of some names, one after another: AWS limits IAM's calls. */
async function present<Found>(
  names: ReadonlySet<string>,
  read: (name: string) => Promise<Found | undefined>,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of names) {
    const one = await read(name);
    if (one !== undefined) found.push(one);
  }
  return found;
}
