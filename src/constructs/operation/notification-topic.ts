import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { accountPrincipal, policyDocument, type Statement } from "../iam/policy-document";

export interface NotificationTopicProps {
  readonly topicName: string;
  /** With `alias/`. */
  readonly keyAlias: string;
  readonly topicArn: string;
  readonly accountId: string;
  /** Addresses that get every message, once they are confirmed. */
  readonly emails: readonly string[];
}

const DELETION_DAYS = 7;

/** A topic to which EventBridge publishes, encrypted with a key of its own: under AWS's key EventBridge cannot. */
export class NotificationTopic extends Construct {
  public readonly arn: string;
  /** Without these, messages are lost. */
  public readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const { accountId, emails, keyAlias, topicArn, topicName } = props;
    const key = new KmsKey(this, "key", {
      description: `Messages of ${topicName}`,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_DAYS,
    });
    new KmsAlias(this, "alias", { name: keyAlias, targetKeyId: key.keyId });
    const keyPolicy = new KmsKeyPolicy(this, "key-policy", {
      keyId: key.keyId,
      policy: policyDocument(keyStatements(accountId)),
    });
    const topic = new SnsTopic(this, "topic", { name: topicName, kmsMasterKeyId: key.arn });
    const topicPolicy = new SnsTopicPolicy(this, "topic-policy", {
      arn: topic.arn,
      policy: policyDocument([
        { ...fromEventBridge, sid: "Publish", actions: ["sns:Publish"], resources: [topicArn] },
      ]),
    });
    for (const endpoint of emails)
      new SnsTopicSubscription(this, `email-${endpoint}`, {
        topicArn: topic.arn,
        protocol: "email",
        endpoint,
      });
    this.arn = topic.arn;
    this.ready = [topicPolicy, keyPolicy];
  }
}

/**
 * Without conditions, as AWS documents it: EventBridge has not always sent the rule that it publishes for.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
const fromEventBridge = { principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }] };

/** In a key policy, `*` is the key itself. */
const keyStatements = (accountId: string): Statement[] => [
  {
    sid: "AccountAdministration",
    principals: [accountPrincipal(accountId)],
    actions: ["kms:*"],
    resources: ["*"],
  },
  { ...fromEventBridge, sid: "Encrypt", actions: ["kms:GenerateDataKey", "kms:Decrypt"], resources: ["*"] },
];
