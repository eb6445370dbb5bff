import { DescribeRepositoriesCommand, GetRepositoryPolicyCommand, type ECRClient } from "@aws-sdk/client-ecr";
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type IAMClient,
} from "@aws-sdk/client-iam";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  paginateListAliases,
  type KMSClient,
} from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Guarded, Key, ManagedPolicy, Role } from "./documents";
import { parsePolicy, type PolicyJson } from "./policy-json";
import { UnreadableError } from "./synthesis";

/** What an account's documents are read with. */
export interface Clients {
  readonly ecr: ECRClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
}

/** The account that credentials are of. */
export const accountOf = async ({ sts }: Clients): Promise<string> =>
  (await sts.send(new GetCallerIdentityCommand({}))).Account ?? "";

/** Names of errors by which AWS says that there is no such thing, or that it has no policy. */
const ABSENT = [
  "NoSuchEntity",
  "NoSuchEntityException",
  "NoSuchBucket",
  "NotFound",
  "NotFoundException",
  "NoSuchBucketPolicy",
  "RepositoryNotFoundException",
  "RepositoryPolicyNotFoundException",
];

async function ifPresent<Found>(work: Promise<Found>): Promise<Found | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && ABSENT.includes(error.name)) return undefined;
    throw error;
  }
}

export async function readRole({ iam }: Clients, account: string, name: string): Promise<Role | undefined> {
  const role = (await ifPresent(iam.send(new GetRoleCommand({ RoleName: name }))))?.Role;
  if (!role) return undefined;
  if (role.PermissionsBoundary)
    throw new UnreadableError(`account ${account}: cannot read the permissions boundary of ${name}`);
  const identity: Role["identity"][number][] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName: name }))
    for (const policy of PolicyNames) {
      const inline = await iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }));
      identity.push({
        name: policy,
        document: fromIam(inline.PolicyDocument, `policy ${policy} of ${name}`),
      });
    }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(
    { client: iam },
    { RoleName: name },
  ))
    for (const { PolicyArn: arn = "" } of AttachedPolicies)
      identity.push({ name: arn, document: await managedDocument(iam, arn) });
  return {
    arn: role.Arn ?? "",
    account,
    trust: fromIam(role.AssumeRolePolicyDocument, `trust policy of ${name}`),
    identity,
  };
}

export async function readManagedPolicy(
  { iam }: Clients,
  account: string,
  arn: string,
): Promise<ManagedPolicy | undefined> {
  const document = await ifPresent(managedDocument(iam, arn));
  return document && { arn, account, document };
}

async function managedDocument(iam: IAMClient, arn: string): Promise<PolicyJson> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
  );
  return fromIam(PolicyVersion?.Document, arn);
}

/** IAM gives its documents as a part of a URL. */
const fromIam = (text: string | undefined, origin: string) =>
  parsePolicy(decodeURIComponent(text ?? ""), origin);

export async function readBucket(
  { s3 }: Clients,
  account: string,
  name: string,
): Promise<Guarded | undefined> {
  if (!(await ifPresent(s3.send(new HeadBucketCommand({ Bucket: name }))))) return undefined;
  const found = await ifPresent(s3.send(new GetBucketPolicyCommand({ Bucket: name })));
  const arn = `arn:aws:s3:::${name}`;
  return {
    arn,
    account,
    policy: found?.Policy === undefined ? null : parsePolicy(found.Policy, `policy of ${arn}`),
  };
}

export async function readKey({ kms }: Clients, account: string, alias: string): Promise<Key | undefined> {
  const key = (await ifPresent(kms.send(new DescribeKeyCommand({ KeyId: alias }))))?.KeyMetadata;
  if (!key?.KeyId) return undefined;
  const arn = key.Arn ?? "";
  const aliases: string[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client: kms }, { KeyId: key.KeyId }))
    aliases.push(...Aliases.flatMap(({ AliasName }) => AliasName ?? []));
  const { Policy: text } = await kms.send(
    new GetKeyPolicyCommand({ KeyId: key.KeyId, PolicyName: "default" }),
  );
  return { arn, account, aliases, policy: text === undefined ? null : parsePolicy(text, `policy of ${arn}`) };
}

export async function readRepository(
  { ecr }: Clients,
  account: string,
  name: string,
): Promise<Guarded | undefined> {
  const found = await ifPresent(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] })));
  const arn = found?.repositories?.[0]?.repositoryArn;
  if (arn === undefined) return undefined;
  const guarded = await ifPresent(ecr.send(new GetRepositoryPolicyCommand({ repositoryName: name })));
  const text = guarded?.policyText;
  return { arn, account, policy: text === undefined ? null : parsePolicy(text, `policy of ${arn}`) };
}
