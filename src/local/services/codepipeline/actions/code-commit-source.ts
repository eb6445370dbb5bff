import { CodeCommitClient, GetBranchCommand } from "@aws-sdk/client-codecommit";
import { isoDate, readCommit } from "../../codecommit/commits";
import { codeCommitHost, repositoryFolder } from "../../codecommit/repositories";
import { ActionFailed, quoted, type Action, type Provider } from "./provider";
import { commitVariables, requestedRevision, storeSource } from "./source-artifact";

/**
 * Stores the newest commit of a branch, or the requested one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html
 */
export const codeCommitSource: Provider = async (action) => {
  const { embedded, place, attempt, save } = action;
  const { RepositoryName: name = "", BranchName: branch = "" } = attempt.input.resolvedConfiguration;
  const commitId = attempt.note.commitId ?? (await findCommit(action, name, branch));
  // A restart takes the same commit, whatever was pushed since.
  await save({ note: { commitId } });
  const folder = repositoryFolder(embedded, { account: place.accountId, region: place.region, id: name });
  const commit = await readCommit(folder, commitId).catch(() => {
    throw new ActionFailed(
      "ConfigurationError",
      `The action failed because the commit ${commitId} was not found in the AWS CodeCommit repository ${name}.`,
    );
  });
  await storeSource(action, {
    folder,
    commitId,
    reference: {
      AccountId: place.accountId,
      FullRepositoryName: name,
      CloneUrl: `${codeCommitHost(place.region)}v1/repos/${name}`,
      CommitId: commitId,
      BranchName: branch,
    },
  });
  const url = `https://${place.region}.console.aws.amazon.com/codecommit/home#/repository/${name}/commit/${commitId}`;
  return {
    variables: {
      ...commitVariables(commit),
      CommitterDate: isoDate(commit.committer.date),
      BranchName: branch,
      RepositoryName: name,
    },
    externalExecutionId: commitId,
    summary: commit.message.trim(),
    revision: { id: commitId, summary: commit.message.trim(), url },
  };
};

async function findCommit(action: Action, name: string, branch: string): Promise<string> {
  const requested = requestedRevision(action);
  if (requested) return requested.revisionValue;
  const command = new GetBranchCommand({ repositoryName: name, branchName: branch });
  const answer = await action
    .client(CodeCommitClient)
    .send(command)
    .catch((error: unknown) => {
      throw failure(error, name, branch);
    });
  return answer.branch?.commitId ?? "";
}

function failure(error: unknown, name: string, branch: string): ActionFailed {
  if (error instanceof Error && error.name === "BranchDoesNotExistException")
    return new ActionFailed(
      "ConfigurationError",
      `The action failed because no branch named ${branch} was found in the selected AWS CodeCommit repository ` +
        `${name}. Make sure you are using the correct branch name, and then try again. Error: null`,
    );
  return new ActionFailed(
    "PermissionError",
    "The service role or action role doesn’t have the permissions required to access the AWS CodeCommit repository " +
      `named ${name}. Update the IAM role permissions, and then try again. Error: ${quoted(error)}`,
  );
}
