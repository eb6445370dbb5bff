import { randomUUID } from "node:crypto";
import { ActionFailed, type Provider } from "./provider";

const EXPIRY_SECONDS = 7 * 24 * 3_600;

/**
 * Waits for a person to call PutApprovalResult with the token. Notifications are not sent.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html
 */
export const approve: Provider = async ({ embedded, execution, attempt, save }) => {
  const { approval, input, note, stageName, actionName } = attempt;
  if (approval) {
    const { by, summary } = approval;
    const answered = { summary, externalExecutionSummary: `${approval.status} by ${by}`, lastUpdatedBy: by };
    if (approval.status === "Approved") return answered;
    throw new ActionFailed(undefined, summary, answered);
  }
  if (note.expires !== undefined) {
    if (Date.now() / 1000 < note.expires) return undefined;
    throw new ActionFailed("JobFailed", "The approval request has expired: nobody answered it.");
  }
  const seconds = timeoutOf(execution.pipeline, stageName, actionName) ?? EXPIRY_SECONDS;
  const expires = Date.now() / 1000 + embedded.time.scaled(seconds) / 1000;
  const url = input.resolvedConfiguration.ExternalEntityLink;
  await save({ token: randomUUID(), ...(url !== undefined && { entityUrl: url }), note: { expires } });
  const about = input.resolvedConfiguration.CustomData;
  embedded.say(
    "codepipeline",
    `${execution.pipelineName} ${stageName}/${actionName} waits for an approval, at most ` +
      `${embedded.time.told(seconds)}${about === undefined ? "" : `: ${about}`}`,
  );
  return undefined;
};

type Pipeline = Parameters<Provider>[0]["execution"]["pipeline"];

/** The timeout of an action in seconds, if the pipeline has one. */
function timeoutOf({ stages = [] }: Pipeline, stageName: string, actionName: string): number | undefined {
  const stage = stages.find(({ name }) => name === stageName);
  const minutes = stage?.actions?.find(({ name }) => name === actionName)?.timeoutInMinutes;
  return minutes === undefined ? undefined : minutes * 60;
}
