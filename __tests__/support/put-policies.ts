import { CloudWatchLogsClient, PutResourcePolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import type { Policies } from "../../src/permissions";
import type { PolicyJson } from "../../src/permissions/read/policy-json";
import { changed } from "./proof";

/** How to reach an account of an AWS. */
interface Reach {
  readonly endpoint: string;
  readonly region: string;
  readonly credentialsOf: (account: string) => AwsCredentialIdentityProvider;
}

/** Creates the policies in an AWS, with the roles and resources that have them. AWS chooses the keys' ids. */
export async function putPolicies(
  synthesized: Policies,
  { credentialsOf, endpoint, region }: Reach,
): Promise<void> {
  const at = (account: string) => ({ endpoint, region, credentials: credentialsOf(account) });
  const text = (document: PolicyJson) => JSON.stringify(document);
  const nameIn = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);
  const pathIn = (arn: string) => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);

  let policies = synthesized;
  for (const { account, aliases, arn } of synthesized.keys) {
    const kms = new KMSClient(at(account));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    for (const AliasName of aliases ?? [])
      await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyMetadata?.KeyId }));
    policies = changed(policies, arn, KeyMetadata?.Arn ?? "");
  }
  for (const { account, arn, policy } of policies.keys)
    if (policy)
      await new KMSClient(at(account)).send(
        new PutKeyPolicyCommand({ KeyId: arn, PolicyName: "default", Policy: text(policy) }),
      );
  for (const { account, arn, identity, trust } of policies.roles) {
    const iam = new IAMClient(at(account));
    const RoleName = nameIn(arn);
    await iam.send(
      new CreateRoleCommand({ RoleName, Path: pathIn(arn), AssumeRolePolicyDocument: text(trust) }),
    );
    for (const { document, name } of identity)
      await iam.send(
        new PutRolePolicyCommand({ RoleName, PolicyName: name, PolicyDocument: text(document) }),
      );
  }
  for (const { account, arn, document } of policies.managed)
    await new IAMClient(at(account)).send(
      new CreatePolicyCommand({ PolicyName: nameIn(arn), PolicyDocument: text(document) }),
    );
  for (const { account, arn, policy } of policies.buckets) {
    const s3 = new S3Client({ ...at(account), forcePathStyle: true });
    const Bucket = arn.slice("arn:aws:s3:::".length);
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" },
      }),
    );
    if (policy) await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: text(policy) }));
  }
  for (const { account, arn, policy } of policies.topics) {
    const sns = new SNSClient(at(account));
    await sns.send(new CreateTopicCommand({ Name: arn.slice(arn.lastIndexOf(":") + 1) }));
    if (policy)
      await sns.send(
        new SetTopicAttributesCommand({
          TopicArn: arn,
          AttributeName: "Policy",
          AttributeValue: text(policy),
        }),
      );
  }
  for (const { account, arn, policy } of policies.logGroups) {
    const policyName = `${nameIn(arn)}-logs-events`;
    if (policy)
      await new CloudWatchLogsClient(at(account)).send(
        new PutResourcePolicyCommand({ policyName, policyDocument: text(policy) }),
      );
  }
  for (const { account, arn } of policies.repositories) {
    const repositoryName = arn.slice(arn.indexOf("repository/") + "repository/".length);
    await new ECRClient(at(account)).send(new CreateRepositoryCommand({ repositoryName }));
  }
}
