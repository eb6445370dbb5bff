import type { Evidence } from "../evidence";
import type { Answer, Cause, Status } from "./answer";

/** A release that did not fail: where it is, and what to do. */
export interface State {
  readonly status: Status;
  readonly headline: string;
  readonly next: readonly string[];
}

const since = (start?: Date) => (start ? ` since ${start.toISOString()}` : "");

/** No execution of the pipeline. */
const NONE: State = {
  status: "none",
  headline: "The pipeline has no such execution: nothing started a release",
  next: [
    "push a commit to the branch of the environment, or start the pipeline by hand: aws codepipeline start-pipeline-execution",
    "if a push did not start it: events:DescribeRule and the metric FailedInvocations of AWS/Events for the rule that starts the pipeline",
  ],
};

function running({ action, deployment, execution, target }: Evidence): State {
  const status = execution?.status === "Stopping" ? "is being stopped" : "is in progress";
  if (!action)
    return {
      status: "running",
      headline: `The release ${status}, between two actions`,
      next: ["wait, and ask again"],
    };
  const name = action.actionName ?? "an action";
  const event = target?.lifecycleEvents?.find((one) => one.status === "InProgress")?.lifecycleEventName;
  const where =
    event === undefined ? "" : `, in the event ${event} of deployment ${deployment?.deploymentId ?? ""}`;
  return {
    status: "running",
    headline: `The release ${status}: ${name} runs${since(action.startTime)}${where}`,
    next: ["wait, and ask again"],
  };
}

/** What happened to an abandoned deployment: CodePipeline does not stop it. */
function stopped({ deployment, execution }: Evidence): State {
  const reason = execution?.stopTrigger?.reason;
  const goesOn =
    deployment && ["Created", "Queued", "InProgress", "Ready"].includes(deployment.status ?? "")
      ? `; deployment ${deployment.deploymentId ?? ""} goes on all the same`
      : "";
  return {
    status: "stopped",
    headline: `Somebody stopped the execution${reason ? `: ${reason}` : ""}${goesOn}`,
    next: [
      goesOn === ""
        ? "release again when the reason is settled"
        : "wait for the deployment, or stop it, before the next release",
    ],
  };
}

function superseded({ execution, others }: Evidence): State {
  const newer = others.filter(
    ({ startTime }) => startTime && execution?.startTime && startTime > execution.startTime,
  );
  const ids = newer.flatMap(({ pipelineExecutionId }) => pipelineExecutionId ?? []);
  const by = ids[0] === undefined ? "a newer execution" : `execution ${ids[0]}`;
  return {
    status: "superseded",
    headline: `A newer execution overtook this one while it waited: ${by}`,
    next: ids[0] === undefined ? [] : [`npx codeseries why --execution ${ids[0]}`],
  };
}

/** What the execution's status says, if it did not fail; undefined if it failed. */
export function stateOf(evidence: Evidence): State | undefined {
  const status = evidence.execution?.status ?? evidence.deployment?.status;
  switch (status) {
    case undefined:
      return NONE;
    case "Succeeded":
      return { status: "succeeded", headline: "The release succeeded", next: [] };
    case "Superseded":
    case "Cancelled":
      return superseded(evidence);
    case "Stopped":
      return evidence.execution ? stopped(evidence) : undefined;
    case "Failed":
      return undefined;
    default:
      return running(evidence);
  }
}

/** Entries of the catalogue that only repeat what the state says. */
const REPEATED = ["pipe-superseded", "pipe-stopped", "src-not-triggered"];

/** The answer about a release that did not fail. @param causes Entries of the catalogue that say more. */
export function stateAnswer(state: State, causes: readonly Cause[]): Omit<Answer, "production" | "notes"> {
  const told = causes.find(({ id = "" }) => !REPEATED.includes(id));
  const waits = told?.id === "apr-waiting" || told?.id === "pipe-transition-disabled";
  return {
    status: waits ? "waiting" : state.status,
    headline: told?.cause ?? state.headline,
    certainty: "certain",
    causes,
    also: [],
    denied: [],
    next: told ? [told.remedy] : state.next,
  };
}
