import { DescribeRepositoriesCommand, GetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  paginateListAliases,
  paginateListGrants,
  type GrantListEntry,
} from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { bucketArn } from "../../system/arns";
import { isRole } from "../arn";
import type { ResourceWithPolicy } from "../read/policies";
import { parsePolicy, type PolicyStatement } from "../read/policy-json";
import type { ResourceKind } from "../read/resource-kinds";
import { ifPresent, type Clients } from "./clients";

/** Reads a resource by its name, or a key by its alias. Undefined if it does not exist. */
type Reader = (clients: Clients, name: string) => Promise<Omit<ResourceWithPolicy, "account"> | undefined>;

/** The reader of each kind of resource. */
export const readers: Readonly<Record<ResourceKind, Reader>> = {
  bucket: async ({ s3 }, Bucket) => {
    if (!(await ifPresent(s3.send(new HeadBucketCommand({ Bucket }))))) return undefined;
    const found = await ifPresent(s3.send(new GetBucketPolicyCommand({ Bucket })));
    return withPolicy(bucketArn(Bucket), found?.Policy);
  },
  repository: async ({ ecr }, repositoryName) => {
    const found = await ifPresent(
      ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })),
    );
    const arn = found?.repositories?.[0]?.repositoryArn;
    if (arn === undefined) return undefined;
    const policy = await ifPresent(ecr.send(new GetRepositoryPolicyCommand({ repositoryName })));
    return withPolicy(arn, policy?.policyText);
  },
  key: async ({ kms }, alias) => {
    const { KeyMetadata } = (await ifPresent(kms.send(new DescribeKeyCommand({ KeyId: alias })))) ?? {};
    const { Arn, KeyId } = KeyMetadata ?? {};
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
};

const withPolicy = (arn: string, text: string | undefined) => ({
  arn,
  policy: text === undefined ? null : parsePolicy(text, `policy of ${arn}`),
});

/**
 * A grant of a key, as the statement of a key policy that allows the same.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function statementOf(grant: GrantListEntry): PolicyStatement {
  const { Constraints, GrantId = "", GranteePrincipal = "", Operations = [] } = grant;
  const keys = Object.entries({
    ...Constraints?.EncryptionContextSubset,
    ...Constraints?.EncryptionContextEquals,
  });
  const conditions = Object.fromEntries(keys.map(([key, value]) => [`kms:EncryptionContext:${key}`, value]));
  return {
    Sid: `Grant${GrantId}`,
    Effect: "Allow",
    Principal: { [isRole(GranteePrincipal) ? "AWS" : "Service"]: GranteePrincipal },
    Action: Operations.map((operation) => `kms:${operation}`),
    Resource: "*",
    ...(keys.length > 0 && { Condition: { StringEquals: conditions } }),
  };
}
