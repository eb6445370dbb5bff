import type { Fault } from "../../config/fault";
import type { Config } from "../../config/schema";
import { accountOf } from "../arns";

/** EventBridge publishes to a topic of its own account and region. */
export const foreignTopics = ({ accounts, environments, region }: Config): Fault[] =>
  Object.entries(environments).flatMap(([name, { notifications }]) => {
    if (!notifications || !("topicArn" in notifications)) return [];
    const { topicArn: got } = notifications;
    const shared = accounts.shared?.id ?? "";
    if (accountOf(got) === shared && got.split(":")[3] === region) return [];
    const expected = `a topic of the shared account and the system's region, arn:aws:sns:${region}:${shared}:…`;
    return [{ path: ["environments", name, "notifications", "topicArn"], expected, got }];
  });
