import type { Entry } from "../catalogue/entry";
import { stepOf, type Evidence, type Step } from "../evidence";
import type { Answer, Cause } from "./answer";
import type { Denial } from "./denial";
import { failedEvent } from "./details";
import type { Finding } from "./match";

const shortOf = (arn: string) => arn.split(":").at(-1) ?? arn;

/** What AWS says about the failure, the most precise first. */
function quotes({ action, build, deployment, tasks }: Evidence): Finding[] {
  const { errorDetails, externalExecutionSummary } = action?.output?.executionResult ?? {};
  const action_ = (field: string, text?: string) => ({
    api: "codepipeline:ListActionExecutions",
    field: `actionExecutionDetails[].output.executionResult.${field}`,
    text,
  });
  const candidates = [
    ...tasks.map(({ stoppedReason }) => ({
      api: "ecs:DescribeTasks",
      field: "tasks[].stoppedReason",
      text: stoppedReason,
    })),
    {
      api: "codedeploy:GetDeployment",
      field: "deploymentInfo.errorInformation.message",
      text: deployment?.errorInformation?.message,
    },
    ...(build?.phases ?? []).flatMap(({ contexts = [] }) =>
      contexts.map(({ message }) => ({
        api: "codebuild:BatchGetBuilds",
        field: "builds[].phases[].contexts[].message",
        text: message,
      })),
    ),
    action_("errorDetails.message", errorDetails?.message),
    action_("externalExecutionSummary", externalExecutionSummary),
  ];
  const found = candidates.flatMap(({ text, ...rest }) => (text ? [{ ...rest, text }] : []));
  return [...new Map(found.map((one) => [one.text, one])).values()];
}

/** Where an engineer looks when AWS's text is not known. */
const NEXT: Readonly<Record<Step, string>> = {
  source: "look at CloudTrail in the account of the pipeline for the role of the source action",
  build: "look at the log of the build, from the first failed phase",
  approval: "ask the reviewers of the environment",
  deploy:
    "look at the service's events and tasks, at the log of the application, and at CloudTrail in the account of the environment for the roles of the deploy action and of CodeDeploy",
  pipeline: "look at the conditions of the pipeline's stages and at its execution mode",
};

/** The cause in AWS's words, for a text that the catalogue does not have. */
export function unknownCause(
  entries: readonly Entry[],
  evidence: Evidence,
  [denial]: readonly Denial[],
): { readonly cause: Cause; readonly certainty: Answer["certainty"] } {
  const step = stepOf(evidence);
  const [quote, ...more] = quotes(evidence);
  const where = evidence.action?.actionName ?? evidence.deployment?.deploymentId ?? "The execution";
  const event = failedEvent(evidence);
  const inEvent = event === undefined ? "" : ` in the event ${event}`;
  const hints = entries.filter(
    ({ role, stage }) => role === "hint" && (stage === step || stage === "artifact"),
  );
  const text = quote
    ? `${where} failed${inEvent}, and AWS says: ${quote.text}`
    : `${where} failed${inEvent}, and AWS gives no reason`;
  const cause = denial
    ? `${shortOf(denial.principal)} may not call ${denial.action}${denial.resource ? ` on ${denial.resource}` : ""}`
    : text;
  return {
    cause: {
      cause,
      possible: hints.map((hint) => hint.cause),
      evidence: [quote, ...more].flatMap((one) => one ?? []),
      confirm: hints.flatMap(({ confirm }) => confirm),
      remedy: denial ? "allow it in the policy of the role, or of the resource" : NEXT[step],
    },
    certainty: denial ? "certain" : "unknown",
  };
}
