import { StaleDocument, type Document, type Documents } from "../../reconcile/documents";
import { EXECUTIONS, type ActionExecution, type Execution, type Note } from "./execution";

/** Which execution, in which account and region. */
export type Of = Pick<Document<unknown>, "account" | "region" | "id">;

/**
 * Changes an execution as it is now, although others may change it meanwhile.
 *
 * @param change Gives the execution as it should be, or undefined if it must stay as it is.
 * @returns the execution after the change; undefined if it was not changed, or is not open any more.
 */
export async function changeExecution(
  documents: Documents,
  of: Of,
  change: (execution: Execution) => Execution | undefined,
): Promise<Document<Execution> | undefined> {
  for (;;) {
    const read = await documents.read<Execution>(EXECUTIONS, of);
    const changed = read && change(read.document);
    if (!changed) return undefined;
    try {
      return await documents.write(EXECUTIONS, read, changed);
    } catch (error) {
      if (!(error instanceof StaleDocument)) throw error;
    }
  }
}

/** Changes one attempt of an action, while it is in progress. */
export const changeAttempt = (
  documents: Documents,
  of: Of,
  attemptId: string,
  change: (attempt: ActionExecution, execution: Execution) => Execution,
) =>
  changeExecution(documents, of, (execution) => {
    const attempt = execution.actions.find(({ actionExecutionId }) => actionExecutionId === attemptId);
    return attempt?.status === "InProgress" ? change(attempt, execution) : undefined;
  });

/** An execution whose attempt is replaced. */
export const withAttempt = (execution: Execution, attempt: ActionExecution): Execution => ({
  ...execution,
  actions: execution.actions.map((one) =>
    one.actionExecutionId === attempt.actionExecutionId ? attempt : one,
  ),
});

/** What can be noted of an attempt that goes on. */
export type Progress = Partial<
  Pick<ActionExecution, "externalExecutionId" | "summary" | "token" | "entityUrl" | "updatedBy">
> & { readonly note?: Note };

/** An execution whose attempt has come further. */
export const withProgress = (execution: Execution, attempt: ActionExecution, progress: Progress): Execution =>
  withAttempt(execution, { ...attempt, ...progress, note: { ...attempt.note, ...progress.note } });
