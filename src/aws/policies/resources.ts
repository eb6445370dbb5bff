import { DescribeRepositoriesCommand, GetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { paginateListAliases, paginateListGrants, type GrantListEntry } from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { bucketArn } from "../../system/arns";
import { ifPresent, type PolicyClients } from "./clients";

/** A resource with the text of its policy, as AWS has them. */
export interface ResourceInAws {
  readonly arn: string;
  /** Undefined for a resource without a policy. */
  readonly policy: string | undefined;
  readonly aliases?: readonly string[];
  readonly grants?: readonly GrantListEntry[];
}

/** Reads a resource by its name, or a key by its alias. Undefined if it does not exist. */
type Reader = (clients: PolicyClients, name: string) => Promise<ResourceInAws | undefined>;

export const readBucket: Reader = async ({ s3 }, Bucket) => {
  if (!(await ifPresent(s3.send(new HeadBucketCommand({ Bucket }))))) return undefined;
  const found = await ifPresent(s3.send(new GetBucketPolicyCommand({ Bucket })));
  return { arn: bucketArn(Bucket), policy: found?.Policy };
};

export const readRepository: Reader = async ({ ecr }, repositoryName) => {
  const command = new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] });
  const arn = (await ifPresent(ecr.send(command)))?.repositories?.[0]?.repositoryArn;
  if (arn === undefined) return undefined;
  const found = await ifPresent(ecr.send(new GetRepositoryPolicyCommand({ repositoryName })));
  return { arn, policy: found?.policyText };
};

export const readKey: Reader = async ({ kms }, alias) => {
  const found = await ifPresent(kms.send(new DescribeKeyCommand({ KeyId: alias })));
  const { Arn: arn, KeyId } = found?.KeyMetadata ?? {};
  if (KeyId === undefined || arn === undefined) return undefined;
  const aliases: string[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client: kms }, { KeyId }))
    aliases.push(...Aliases.flatMap(({ AliasName }) => AliasName ?? []));
  const grants: GrantListEntry[] = [];
  for await (const { Grants = [] } of paginateListGrants({ client: kms }, { KeyId })) grants.push(...Grants);
  const { Policy: policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
  return { arn, policy, aliases, grants };
};
