import type { Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { PROVIDERS } from "./actions";
import { ActionFailed, NotInProgress, type Action } from "./actions/provider";
import { changeAttempt, withAttempt, withProgress } from "./change";
import type { ActionExecution, Execution } from "./execution";
import { succeeded, withResults, type Closed } from "./results";

/** Names of sessions have at most 64 characters. */
const SESSION_NAME = "codepipeline";

/** Goes on with one attempt, and closes it if it has ended. */
export async function runAction(
  embedded: Embedded,
  read: Document<Execution>,
  attempt: ActionExecution,
): Promise<void> {
  const { document: execution } = read;
  const { provider = "" } = attempt.input.actionTypeId;
  const run = PROVIDERS[provider];
  try {
    if (!run) throw new ActionFailed("ConfigurationError", `The embedded AWS has no provider ${provider}`);
    const success = await run(actionOf(embedded, read, attempt));
    if (success) await close(embedded, read, attempt, (now) => succeeded(now, success));
  } catch (error) {
    if (error instanceof NotInProgress) return;
    if (!(error instanceof ActionFailed)) throw error;
    const { code, message, success } = error;
    const errorDetails = code === undefined ? {} : { errorDetails: { code, message } };
    await close(embedded, read, attempt, (now) => ({
      change: { ...now, ...success, status: "Failed", ...errorDetails },
    }));
    embedded.say("codepipeline", `${execution.pipelineName} ${attempt.actionName}: ${message}`);
  }
}

function actionOf(embedded: Embedded, read: Document<Execution>, attempt: ActionExecution): Action {
  const { account, region, document: execution } = read;
  const pipelineRole = execution.pipeline.roleArn ?? "";
  const { roleArn } = attempt.input;
  const role =
    roleArn === undefined || roleArn === pipelineRole
      ? { roleArn: pipelineRole, sessionName: SESSION_NAME }
      : { roleArn, through: pipelineRole, sessionName: SESSION_NAME };
  const where = attempt.input.region || region;
  return {
    embedded,
    place: { accountId: role.roleArn.split(":")[4] ?? account, region: where },
    execution,
    attempt,
    client: (Class) => embedded.clients.asRole(Class, role, where),
    save: async (progress) => {
      const saved = await changeAttempt(embedded.documents, read, attempt.actionExecutionId, (now, whole) =>
        withProgress(whole, now, progress),
      );
      if (!saved) throw new NotInProgress();
    },
  };
}

/** Ends an attempt once: one that was abandoned, or has ended, stays as it is. */
async function close(
  embedded: Embedded,
  read: Document<Execution>,
  attempt: ActionExecution,
  end: (now: ActionExecution) => Closed,
): Promise<void> {
  const written = await changeAttempt(embedded.documents, read, attempt.actionExecutionId, (now, whole) => {
    const { change, success } = end({ ...now, lastUpdateTime: Date.now() / 1000 });
    return withResults(withAttempt(whole, change), change, success);
  });
  const now = written?.document.actions.find((one) => one.actionExecutionId === attempt.actionExecutionId);
  if (!now) return;
  const seconds = (now.lastUpdateTime - now.startTime).toFixed(1);
  const { pipelineName, pipelineExecutionId } = read.document;
  embedded.say(
    "codepipeline",
    `${pipelineName} ${pipelineExecutionId.slice(0, 8)} ${now.stageName}/${now.actionName} ${now.status} after ${seconds} s`,
  );
}
