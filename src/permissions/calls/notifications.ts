import { accountOf } from "../../system/arns";
import type { Notifications } from "../../system/operation/notifications";
import { administratorOf } from "../parties";
import type { RequiredCall } from "../request";
import { callsBy } from "./call";

/** EventBridge publishes messages to an encrypted topic. Its account keeps control of the key. */
export function notificationCalls({ topicArn }: Notifications, keyArn: string): RequiredCall[] {
  const events = callsBy("events.amazonaws.com");
  const administrator = callsBy(administratorOf(accountOf(topicArn)), { assumeAllowed: "identity" });
  return [
    events("publish a message", "sns:Publish", topicArn),
    events("encrypt it", "kms:GenerateDataKey Decrypt", keyArn),
    administrator("administer the key", "kms:DescribeKey", keyArn),
  ];
}
