import { z } from "zod";
import { topicArn } from "../arns";
import { section } from "../section";
import { text } from "../values";

const address = text(/^[^\s@<>"$%{}]+@[^\s@<>"$%{}]+\.[^\s@<>"$%{}]+$/, "an email address");

const toTopic = section({
  topicArn: topicArn.describe(
    "An SNS topic of the shared account, which lets EventBridge publish. It gets the form of Amazon Q Developer's custom notifications.",
  ),
});

const byEmail = section({
  email: z
    .array(address, "a list of email addresses")
    .min(1, "at least one email address")
    .refine((all) => new Set(all).size === all.length, "different addresses")
    .describe("A topic is made for them. Each address gets a link to confirm."),
});

/** Who hears of releases: a topic of the user's, or people by email. */
export const notifications = z
  .union([toTopic, byEmail])
  .describe("Messages about releases: approval needed, started, failed, rolled back, succeeded.");
