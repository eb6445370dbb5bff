import { createReadStream, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { git } from "../../codecommit/git";
import { isoDate, type Commit } from "../../codecommit/commits";
import { ActionFailed, quoted, storeKey, type Action } from "./provider";

/** Where the commit of a source action is. */
export interface Source {
  /** The bare repository. */
  readonly folder: string;
  readonly commitId: string;
  /** What a build reads that clones the repository itself, in the format CODEBUILD_CLONE_REF. */
  readonly reference: Readonly<Record<string, string>>;
}

/**
 * Stores the output artifact of a source action: a ZIP archive of the commit, or a reference that a build clones,
 * which is a JSON object, not an archive.
 */
export async function storeSource(action: Action, source: Source): Promise<void> {
  const [output] = action.attempt.outputArtifacts;
  if (!output) return;
  if (action.attempt.input.resolvedConfiguration.OutputArtifactFormat === "CODEBUILD_CLONE_REF") {
    await put(action, output.s3location, Buffer.from(JSON.stringify(source.reference)));
    return;
  }
  const archive = action.embedded.file(`artifacts/${action.attempt.actionExecutionId}.zip`);
  mkdirSync(dirname(archive), { recursive: true });
  try {
    await git(source.folder, "archive", "--format=zip", `--output=${archive}`, source.commitId);
    await put(action, output.s3location, createReadStream(archive), statSync(archive).size);
  } finally {
    rmSync(archive, { force: true });
  }
}

async function put(
  action: Action,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  body: Buffer | ReturnType<typeof createReadStream>,
  size?: number,
): Promise<void> {
  const keyId = storeKey(action);
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ...(size !== undefined && { ContentLength: size }),
    ...(keyId !== undefined && { ServerSideEncryption: "aws:kms", SSEKMSKeyId: keyId }),
  });
  await action
    .client(S3Client)
    .send(command)
    .catch((error: unknown) => {
      throw new ActionFailed(
        "PermissionError",
        "The service role or action role doesn’t have the permissions required to access the Amazon S3 bucket " +
          `named ${bucket}. Update the IAM role permissions, and then try again. Error: ${quoted(error)}`,
      );
    });
}

/** The variables that both kinds of source actions have. */
export const commitVariables = ({ commitId, message, author }: Commit) => ({
  CommitId: commitId,
  CommitMessage: message.trim(),
  AuthorDate: isoDate(author.date),
});

/** The revision that the execution was asked to take, for this source action. */
export const requestedRevision = ({ execution, attempt }: Action) =>
  execution.requestedRevisions.find(
    ({ actionName, revisionType }) => actionName === attempt.actionName && revisionType === "COMMIT_ID",
  );
