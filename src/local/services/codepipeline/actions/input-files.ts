import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { readEntry, UnreadableArchive } from "../../../../read-entry";
import { ActionFailed, inputOf, messageOf, quoted, type Action } from "./provider";

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const ARTIFACT_LIMIT_BYTES = 3 * 1024 * 1024;

/** What AWS says of a file that it cannot read, whatever the reason. */
const UNREADABLE = {
  taskDefinition: "Exception while trying to read the task definition artifact file from: ",
  appSpec: "Exception while trying to read the appspec artifact file from: ",
  image: "Exception while trying to read the image artifact file from: ",
};

type Kind = keyof typeof UNREADABLE;

/** Reads files of the input artifacts of an action, each artifact once. */
export class InputFiles {
  private readonly archives = new Map<string, Promise<Buffer>>();

  constructor(private readonly action: Action) {}

  /** @throws ActionFailed as AWS does, if the artifact or the file cannot be read, or the artifact is too large. */
  public async read(artifact: string, path: string, as: Kind): Promise<string> {
    const archive = await this.archive(artifact);
    if (archive.length > ARTIFACT_LIMIT_BYTES)
      throw this.failed(artifact, as, `the artifact has more than ${ARTIFACT_LIMIT_BYTES} bytes`);
    const file = await readEntry(archive, path, ARTIFACT_LIMIT_BYTES).catch((error: unknown) => {
      if (error instanceof UnreadableArchive) throw this.failed(artifact, as, error.message);
      throw error;
    });
    if (!file) throw this.failed(artifact, as, `the artifact does not have ${path}`);
    return file.toString("utf8");
  }

  /** @throws ActionFailed if the text is not JSON. */
  public parse(text: string, artifact: string, as: Kind): unknown {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw this.failed(artifact, as, messageOf(error));
    }
  }

  /** The error that AWS has for a file; the reason, which AWS does not tell, is a line of the log. */
  public failed(artifact: string, as: Kind, why: string): ActionFailed {
    this.action.embedded.say("codepipeline", `${this.action.attempt.actionName}: ${artifact}: ${why}`);
    return new ActionFailed("ConfigurationError", `${UNREADABLE[as]}${artifact}`);
  }

  private archive(name: string): Promise<Buffer> {
    const known = this.archives.get(name);
    if (known) return known;
    const fetched = this.fetch(name);
    this.archives.set(name, fetched);
    return fetched;
  }

  /** Not more than is allowed, and one byte, which shows that it is too large. */
  private async fetch(name: string): Promise<Buffer> {
    const { bucket, key } = inputOf(this.action, name).s3location;
    const range = `bytes=0-${ARTIFACT_LIMIT_BYTES}`;
    try {
      const s3 = this.action.client(S3Client);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    } catch (error) {
      this.action.embedded.say("codepipeline", `${bucket}/${key}: ${quoted(error)}`);
      throw new ActionFailed(
        "PermissionError",
        `Unable to access the artifact with Amazon S3 object key '${key}' located in the Amazon S3 artifact ` +
          `bucket '${bucket}'. The provided role does not have sufficient permissions.`,
      );
    }
  }
}
