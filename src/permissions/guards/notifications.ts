import type { Notifications } from "../../system/operation/notifications";
import { EXTERNAL_ACCOUNT_ID, administratorOf } from "../parties";
import type { ForbiddenCall } from "../request";
import { BY_RESOURCE, forbid } from "./forbid";

/** Who must not publish to a topic, or read its messages. */
export function notificationGuards({ topicArn }: Notifications, keyArn: string): ForbiddenCall[] {
  const outsider = forbid(administratorOf(EXTERNAL_ACCOUNT_ID), BY_RESOURCE);
  return [
    outsider("another account would publish or subscribe", "sns:Publish Subscribe", topicArn),
    outsider("another account would decrypt messages", "kms:Decrypt", keyArn),
    forbid("s3.amazonaws.com")("another service would publish", "sns:Publish", topicArn),
  ];
}
