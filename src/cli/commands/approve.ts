import { defineCommand } from "../command";
import { answer, APPROVAL } from "../operate/approval";

export const approve = defineCommand({
  name: "approve",
  summary: "approves a release that waits, after showing what it changes",
  description: `Shows the image, the commits since the one that runs, and what the task definition has in another way. Then it asks
on the terminal; elsewhere --yes is needed. A release that a newer one has superseded cannot be answered.`,
  ...APPROVAL,
  exitCodes: { failed: "no release waits, it does not wait any more, or the answer was no" },
  examples: ["npx codeseries approve awssdk-iam prd --summary 'tested in stg'"],
  run: ({ options, ...context }) => answer(context, options, "Approved"),
});
