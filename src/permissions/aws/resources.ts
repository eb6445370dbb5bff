import { DescribeRepositoriesCommand, GetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { paginateListAliases, paginateListGrants, type GrantListEntry } from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { ifPresent, type PolicyClients } from "../../aws/policy-clients";
import { bucketArn } from "../../system/arns";
import type { Inventory } from "../../system/inventory";
import { isRole } from "../arn";
import type { ResourceKind, ResourceWithPolicy } from "../read/policies";
import { parsePolicy, type PolicyStatement } from "../read/policy-json";

interface Reader {
  readonly names: (inventory: Inventory) => readonly string[];
  /** Undefined if the resource does not exist. */
  readonly read: (
    clients: PolicyClients,
    name: string,
  ) => Promise<Omit<ResourceWithPolicy, "account"> | undefined>;
}

/** How each kind of resource is read. */
export const readers: Readonly<Record<ResourceKind, Reader>> = {
  bucket: {
    names: ({ buckets }) => buckets,
    read: async ({ s3 }, Bucket) => {
      if (!(await ifPresent(s3.send(new HeadBucketCommand({ Bucket }))))) return undefined;
      const found = await ifPresent(s3.send(new GetBucketPolicyCommand({ Bucket })));
      return withPolicy(bucketArn(Bucket), found?.Policy);
    },
  },
  repository: {
    names: ({ containerRepositories }) => containerRepositories,
    read: async ({ ecr }, repositoryName) => {
      const command = new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] });
      const arn = (await ifPresent(ecr.send(command)))?.repositories?.[0]?.repositoryArn;
      if (arn === undefined) return undefined;
      const policy = await ifPresent(ecr.send(new GetRepositoryPolicyCommand({ repositoryName })));
      return withPolicy(arn, policy?.policyText);
    },
  },
  key: {
    names: ({ keyAliases }) => keyAliases,
    read: async ({ kms }, alias) => {
      const found = await ifPresent(kms.send(new DescribeKeyCommand({ KeyId: alias })));
      const { Arn, KeyId } = found?.KeyMetadata ?? {};
      if (KeyId === undefined || Arn === undefined) return undefined;
      const aliases: string[] = [];
      for await (const { Aliases = [] } of paginateListAliases({ client: kms }, { KeyId }))
        aliases.push(...Aliases.flatMap(({ AliasName }) => AliasName ?? []));
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
      const grants: PolicyStatement[] = [];
      for await (const { Grants = [] } of paginateListGrants({ client: kms }, { KeyId }))
        grants.push(...Grants.map(statementOf));
      return { ...withPolicy(Arn, Policy), aliases, grants };
    },
  },
};

const withPolicy = (arn: string, text: string | undefined) => {
  return { arn, policy: text === undefined ? null : parsePolicy(text, `policy of ${arn}`) };
};

/**
 * A grant of a key, as the statement of a key policy that allows the same.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function statementOf(grant: GrantListEntry): PolicyStatement {
  const { Constraints, GrantId = "", GranteePrincipal = "", Operations = [] } = grant;
  const context = { ...Constraints?.EncryptionContextSubset, ...Constraints?.EncryptionContextEquals };
  const keys = Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]);
  return {
    Sid: `Grant${GrantId}`,
    Effect: "Allow",
    Principal: { [isRole(GranteePrincipal) ? "AWS" : "Service"]: GranteePrincipal },
    Action: Operations.map((operation) => `kms:${operation}`),
    Resource: "*",
    ...(keys.length > 0 && {
      Condition: { StringEquals: Object.fromEntries(keys) as Record<string, string> },
    }),
  };
}
