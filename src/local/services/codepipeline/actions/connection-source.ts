import { existsSync } from "node:fs";
import { HOST } from "../../../emulator/port";
import { knownPort } from "../../../reconcile/ports";
import { readCommit } from "../../codecommit/commits";
import { readRefs } from "../../codecommit/git";
import { connectedFolder, GIT_PORT } from "../../codecommit/repositories";
import { ActionFailed, type Provider } from "./provider";
import { commitVariables, requestedRevision, storeSource } from "./source-artifact";

/** The embedded AWS has no connections, so no provider is known: it is the most frequent one. */
const PROVIDER_TYPE = "GitHub";

/**
 * Stores the newest commit of a branch, or that of the push that started the execution.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export const connectionSource: Provider = async (action) => {
  const { embedded, attempt, execution, save } = action;
  const { FullRepositoryId = "", BranchName = "", ConnectionArn = "" } = attempt.input.resolvedConfiguration;
  const folder = connectedFolder(embedded, FullRepositoryId);
  const requested = requestedRevision(action);
  const detected = requested !== undefined && execution.trigger.triggerType === "WebhookV2";
  // A tag is not on a branch.
  const branch = detected ? requested.branch : BranchName;
  const commitId =
    attempt.note.commitId ?? requested?.revisionValue ?? (await newest(folder, FullRepositoryId, BranchName));
  await save({ note: { commitId } });
  const commit = await readCommit(folder, commitId).catch(() => {
    throw new ActionFailed(
      "ConfigurationError",
      `[${PROVIDER_TYPE}] No commit [${commitId}] found for FullRepositoryName [${FullRepositoryId}]`,
    );
  });
  const ofBranch: Record<string, string> = branch === undefined ? {} : { BranchName: branch };
  await storeSource(action, {
    folder,
    commitId,
    reference: {
      ConnectionArn,
      ProviderType: PROVIDER_TYPE,
      FullRepositoryName: FullRepositoryId,
      CloneUrl: `http://${HOST}:${knownPort(GIT_PORT) ?? 0}/connections/${FullRepositoryId}`,
      CommitId: commitId,
      ...ofBranch,
    },
  });
  const summary = JSON.stringify({ ProviderType: PROVIDER_TYPE, CommitMessage: commit.message.trim() });
  return {
    variables: {
      ...commitVariables(commit),
      AuthorDisplayName: commit.author.name,
      AuthorEmail: commit.author.email,
      AuthorId: commit.author.email,
      ConnectionArn,
      FullRepositoryName: FullRepositoryId,
      ProviderType: PROVIDER_TYPE,
      ...ofBranch,
    },
    externalExecutionId: commitId,
    summary,
    revision: { id: commitId, summary },
  };
};

async function newest(folder: string, fullName: string, branch: string): Promise<string> {
  const refs = existsSync(folder) ? await readRefs(folder) : {};
  const commitId = refs[`refs/heads/${branch}`];
  if (commitId !== undefined) return commitId;
  throw new ActionFailed(
    "ConfigurationError",
    `[${PROVIDER_TYPE}] No Branch [${branch}] found for FullRepositoryName [${fullName}]`,
  );
}
