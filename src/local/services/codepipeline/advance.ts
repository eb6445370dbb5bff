import type { ActionDeclaration, StageDeclaration } from "@aws-sdk/client-codepipeline";
import { attemptsOf, currentStage, type ActionExecution, type Execution } from "./execution";
import { artifactKey, resolveAll, UnknownVariable } from "./variables";

/** What is not known to the execution itself. */
export interface AdvanceContext {
  /** The region of the pipeline. */
  readonly region: string;
  /** Seconds. */
  readonly now: number;
  readonly newId: () => string;
  readonly newSuffix: () => string;
}

/**
 * Brings an execution as far as it can go without any action: starts attempts of the actions whose turn it is, and
 * closes stage and execution. It does not enter a stage: `decide` does.
 *
 * @returns the same object if nothing changes.
 */
export function advance(execution: Execution, context: AdvanceContext): Execution {
  const stage = currentStage(execution);
  if (!stage?.name) return execution;
  const inProgress = attemptsOf(execution, stage.name).some(({ status }) => status === "InProgress");
  if (execution.status === "Stopping") {
    if (inProgress && execution.abandon !== true) return execution;
    return stopped(execution, stage.name, context.now);
  }
  if (!execution.stages[stage.name] || inProgress) return execution;
  const attempts = attemptsOf(execution, stage.name);
  if (attempts.some(({ status }) => status !== "Succeeded"))
    return { ...withStage(execution, stage.name, "Failed"), status: "Failed" };
  const due = dueActions(stage, attempts);
  if (due.length > 0)
    return advance(
      {
        ...execution,
        actions: [...execution.actions, ...due.map((one) => attempt(execution, stage.name, one, context))],
      },
      context,
    );
  const done = withStage(execution, stage.name, "Succeeded");
  return currentStage(done) ? done : { ...done, status: "Succeeded" };
}

/** The actions of the lowest run order that have no attempt yet. */
function dueActions({ actions = [] }: StageDeclaration, attempts: readonly ActionExecution[]) {
  const open = actions.filter(({ name }) => !attempts.some(({ actionName }) => actionName === name));
  const next = Math.min(...open.map(({ runOrder = 1 }) => runOrder));
  return open.filter(({ runOrder = 1 }) => runOrder === next);
}

const withStage = (execution: Execution, name: string, status: "Succeeded" | "Failed" | "Stopped") => {
  const entered = execution.stages[name];
  return entered
    ? { ...execution, stages: { ...execution.stages, [name]: { ...entered, status } } }
    : execution;
};

/** What AWS's services have begun goes on: CodePipeline only stops to wait for it. */
function stopped(execution: Execution, stage: string, now: number): Execution {
  const actions = execution.actions.map((one) =>
    one.status === "InProgress" ? { ...one, status: "Abandoned" as const, lastUpdateTime: now } : one,
  );
  return { ...withStage(execution, stage, "Stopped"), actions, status: "Stopped" };
}

/** The first attempt of an action, or that of a retry; failed if its configuration names an unknown variable. */
function attempt(
  { artifacts, namespaces, pipeline }: Execution,
  stageName = "",
  action: ActionDeclaration,
  { region, now, newId, newSuffix }: AdvanceContext,
): ActionExecution {
  const { name = "", configuration = {}, inputArtifacts = [], outputArtifacts = [] } = action;
  const bucket = pipeline.artifactStore?.location ?? pipeline.artifactStores?.[region]?.location ?? "";
  const started = {
    actionExecutionId: newId(),
    stageName,
    actionName: name,
    startTime: now,
    lastUpdateTime: now,
    status: "InProgress" as const,
    input: {
      actionTypeId: action.actionTypeId ?? { category: "Invoke", owner: "AWS", provider: "", version: "1" },
      configuration,
      resolvedConfiguration: configuration,
      ...(action.roleArn !== undefined && { roleArn: action.roleArn }),
      region: action.region ?? region,
      inputArtifacts: inputArtifacts.flatMap(({ name: artifact = "" }) => {
        const s3location = artifacts[artifact];
        return s3location ? [{ name: artifact, s3location }] : [];
      }),
      ...(action.namespace !== undefined && { namespace: action.namespace }),
    },
    outputArtifacts: outputArtifacts.map(({ name: artifact = "" }) => ({
      name: artifact,
      s3location: { bucket, key: artifactKey(pipeline.name ?? "", artifact, newSuffix()) },
    })),
    note: {},
  };
  try {
    const resolvedConfiguration = resolveAll(configuration, namespaces);
    return { ...started, input: { ...started.input, resolvedConfiguration } };
  } catch (error) {
    if (!(error instanceof UnknownVariable)) throw error;
    return {
      ...started,
      status: "Failed",
      errorDetails: { code: "ConfigurationError", message: error.message },
    };
  }
}
