import type { Success } from "./actions/provider";
import type { ActionExecution, Execution } from "./execution";

/** An attempt that has ended, and what it gave if it succeeded. */
export interface Closed {
  readonly change: ActionExecution;
  readonly success?: Success;
}

export function succeeded(now: ActionExecution, success: Success): Closed {
  const { variables, summary, externalExecutionId, externalExecutionSummary, lastUpdatedBy } = success;
  return {
    change: {
      ...now,
      status: "Succeeded",
      ...(variables && { outputVariables: variables }),
      ...(summary !== undefined && { summary }),
      ...(externalExecutionId !== undefined && { externalExecutionId }),
      ...(externalExecutionSummary !== undefined && { externalExecutionSummary }),
      ...(lastUpdatedBy !== undefined && { lastUpdatedBy }),
    },
    success,
  };
}

/** What later actions use: artifacts, variables of the namespace, revisions of the source. */
export function withResults(execution: Execution, action: ActionExecution, success?: Success): Execution {
  if (!success) return execution;
  const { namespace } = action.input;
  const artifacts = action.outputArtifacts.map(({ name, s3location }) => [name, s3location] as const);
  const { revision } = success;
  const found = revision && {
    revisionId: revision.id,
    revisionSummary: revision.summary,
    ...(revision.url !== undefined && { revisionUrl: revision.url }),
  };
  const others = execution.sourceRevisions.filter(({ actionName }) => actionName !== action.actionName);
  const names = action.outputArtifacts.map(({ name }) => name);
  return {
    ...execution,
    artifacts: { ...execution.artifacts, ...Object.fromEntries(artifacts) },
    ...(namespace !== undefined && {
      namespaces: { ...execution.namespaces, [namespace]: success.variables ?? {} },
    }),
    ...(found && {
      sourceRevisions: [...others, { actionName: action.actionName, ...found }],
      artifactRevisions: [
        ...execution.artifactRevisions.filter(({ name }) => !names.includes(name)),
        ...names.map((name) => ({ name, ...found })),
      ],
    }),
  };
}
