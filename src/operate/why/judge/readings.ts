import type { Evidence } from "../evidence";

/** One thing in a response: the response with this one as the only element of its list. */
export interface Reading {
  readonly api: string;
  readonly response: unknown;
}

const each =
  <T>(api: string, shape: (one: T) => unknown) =>
  (values: readonly T[]): Reading[] =>
    values.map((one) => ({ api, response: shape(one) }));

/** The first phase that did not succeed: those after it fail because of it. */
function failedPhase({ build }: Evidence) {
  const phase = build?.phases?.find(
    ({ phaseStatus }) => phaseStatus !== undefined && !["SUCCEEDED", "IN_PROGRESS"].includes(phaseStatus),
  );
  return phase ? [phase] : [];
}

/** Before the log has no line of the failure: what a command prints afterwards is a consequence. */
export function decisiveLines(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /Command did not exit successfully/.test(line));
  return end === -1 ? lines : lines.slice(0, end + 1);
}

/** What the release's own part of a service's events is: the others are of other task sets, or older. */
function eventsOf({ deployment, service, taskSet }: Evidence) {
  const since = deployment?.createTime ?? taskSet?.createdAt;
  return (service?.events ?? []).filter(({ createdAt, message = "" }) => {
    if (since && createdAt && createdAt < since) return false;
    if (deployment?.completeTime && createdAt && createdAt > deployment.completeTime) return false;
    const [named] = /ecs-svc\/\d+/.exec(message) ?? [];
    return named === undefined || taskSet?.id === undefined || named === taskSet.id;
  });
}

/** The evidence as responses of AWS, each with one thing, in the order in which it was read. */
export function readingsOf(evidence: Evidence): Reading[] {
  const { action, build, buildLog, deployment, execution, production, stages, taskLog, tasks } = evidence;
  // What serves after a release that succeeded is the release.
  const targets = deployment?.status === "Succeeded" ? (production?.targets ?? []) : evidence.targets;
  const present = <T>(value: T | undefined) => (value === undefined ? [] : [value]);
  return [
    ...each("codepipeline:ListPipelineExecutions", (one) => ({ pipelineExecutionSummaries: [one] }))(
      present(execution),
    ),
    ...each("codepipeline:GetPipelineState", (one) => ({ stageStates: [one] }))(
      stages.filter(
        ({ inboundExecution, inboundExecutions = [] }) =>
          execution !== undefined &&
          [inboundExecution, ...inboundExecutions].some(
            (one) => one?.pipelineExecutionId === execution.pipelineExecutionId,
          ),
      ),
    ),
    ...each("codepipeline:ListActionExecutions", (one) => ({ actionExecutionDetails: [one] }))(
      present(action),
    ),
    ...each("codebuild:BatchGetBuilds", (phase) => ({ builds: [{ ...build, phases: [phase] }] }))(
      failedPhase(evidence),
    ),
    ...each("logs:GetLogEvents", (message) => ({ events: [{ message }] }))(
      decisiveLines(buildLog?.lines ?? []),
    ),
    ...each("codedeploy:GetDeployment", (deploymentInfo) => ({ deploymentInfo }))(present(deployment)),
    ...each("application-autoscaling:DescribeScalingActivities", (StartTime) => ({
      ScalingActivities: [{ StartTime }],
    }))(evidence.scaled),
    ...each("ecs:DescribeServices", (event) => ({ services: [{ events: [event] }] }))(eventsOf(evidence)),
    ...each("ecs:DescribeTasks", (task) => ({ tasks: [task] }))(tasks),
    ...each("logs:GetLogEvents", (message) => ({ events: [{ message }] }))(taskLog?.lines ?? []),
    ...each("elbv2:DescribeTargetHealth", (one) => ({ TargetHealthDescriptions: [one] }))(targets),
  ];
}
