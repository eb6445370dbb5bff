import { DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeRepositoriesCommand, GetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import { isRole } from "../../request";
import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { paginateListAliases, paginateListGrants, type GrantListEntry } from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { ifPresent, type PolicyClients } from "../../../aws/policy-clients";
import { bucketArn } from "../../../system/arns";
import { logGroupIn } from "../policies";
import { parsePolicy, type PolicyStatement } from "../policy-json";

const withPolicy = (arn: string, text: string | undefined) => {
  return { arn, policy: text === undefined ? null : parsePolicy(text, `policy of ${arn}`) };
};

export async function readBucket({ s3 }: PolicyClients, Bucket: string) {
  if (!(await ifPresent(s3.send(new HeadBucketCommand({ Bucket }))))) return undefined;
  const found = await ifPresent(s3.send(new GetBucketPolicyCommand({ Bucket })));
  return withPolicy(bucketArn(Bucket), found?.Policy);
}

export async function readRepository({ ecr }: PolicyClients, repositoryName: string) {
  const command = new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] });
  const arn = (await ifPresent(ecr.send(command)))?.repositories?.[0]?.repositoryArn;
  if (arn === undefined) return undefined;
  const found = await ifPresent(ecr.send(new GetRepositoryPolicyCommand({ repositoryName })));
  return withPolicy(arn, found?.policyText);
}

/** A region has at most ten policies, which are one answer. */
export async function readLogPolicy({ logs }: PolicyClients, name: string) {
  const { resourcePolicies = [] } = await logs.send(new DescribeResourcePoliciesCommand({}));
  const text = resourcePolicies.find(({ policyName }) => policyName === name)?.policyDocument;
  if (text === undefined) return undefined;
  const policy = parsePolicy(text, `policy ${name} of CloudWatch Logs`);
  return { arn: logGroupIn(policy), policy };
}

export async function readTopic({ sns }: PolicyClients, TopicArn: string) {
  const found = await ifPresent(sns.send(new GetTopicAttributesCommand({ TopicArn })));
  return found && withPolicy(TopicArn, found.Attributes?.Policy);
}

export async function readKey({ kms }: PolicyClients, alias: string) {
  const found = await ifPresent(kms.send(new DescribeKeyCommand({ KeyId: alias })));
  const { Arn: arn, KeyId } = found?.KeyMetadata ?? {};
  if (KeyId === undefined || arn === undefined) return undefined;
  const aliases: string[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client: kms }, { KeyId }))
    aliases.push(...Aliases.flatMap(({ AliasName }) => AliasName ?? []));
  const grants: PolicyStatement[] = [];
  for await (const { Grants = [] } of paginateListGrants({ client: kms }, { KeyId }))
    grants.push(...Grants.map(statementOf));
  const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
  return { ...withPolicy(arn, Policy), aliases, grants };
}

/**
 * A grant of a key, as the statement of a key policy that allows the same.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function statementOf(grant: GrantListEntry): PolicyStatement {
  const { Constraints, GrantId = "", GranteePrincipal = "", Operations = [] } = grant;
  const context = Object.entries({
    ...Constraints?.EncryptionContextSubset,
    ...Constraints?.EncryptionContextEquals,
  });
  const keys = context.map(([key, value]) => [`kms:EncryptionContext:${key}`, value] as const);
  return {
    Sid: `Grant${GrantId}`,
    Effect: "Allow",
    Principal: { [isRole(GranteePrincipal) ? "AWS" : "Service"]: GranteePrincipal },
    Action: Operations.map((operation) => `kms:${operation}`),
    Resource: "*",
    ...(keys.length > 0 && { Condition: { StringEquals: Object.fromEntries(keys) } }),
  };
}
