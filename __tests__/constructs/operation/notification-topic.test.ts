import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { NotificationTopic } from "../../../src/constructs/operation/notification-topic";
import { statement, statementsOf, synth, theOnly } from "../../support/synth";

const topicArn = "arn:aws:sns:eu-west-1:111111111111:releases";
const make = (...emails: string[]) =>
  synth((scope) => {
    new NotificationTopic(scope, "topic", {
      topicName: "releases",
      keyAlias: "alias/releases",
      topicArn,
      accountId: "111111111111",
      emails,
    });
  });
const stack = make("a@example.com");
const subscriptions = (...emails: string[]) =>
  make(...emails).resource?.[SnsTopicSubscription.tfResourceType] ?? {};

describe("NotificationTopic", () => {
  it("is encrypted with a key of its own, which EventBridge may use", () => {
    expect(theOnly(stack, SnsTopic).kms_master_key_id).toMatch(/^\$\{aws_kms_key\.topic_key_\w+\.arn\}$/);
    expect(statement(stack, "Encrypt")).toMatchObject({
      principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
      actions: ["kms:GenerateDataKey", "kms:Decrypt"],
    });
  });

  it("lets EventBridge publish, and nobody else", () => {
    expect(statementsOf(String(theOnly(stack, SnsTopicPolicy).policy))).toEqual([
      {
        sid: "Publish",
        principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
        actions: ["sns:Publish"],
        resources: [topicArn],
      },
    ]);
  });

  it("keeps the subscription of an address when another one comes or goes", () => {
    const [both, one] = [subscriptions("a@example.com", "b@example.com"), subscriptions("b@example.com")];
    expect(Object.keys(both)).toHaveLength(2);
    expect(Object.keys(both)).toEqual(expect.arrayContaining(Object.keys(one)));
    expect(Object.values(one)).toMatchObject([{ protocol: "email", endpoint: "b@example.com" }]);
  });
});
