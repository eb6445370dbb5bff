import { GetCommitCommand, type GetCommitCommandOutput } from "@aws-sdk/client-codecommit";
import type { PipelineExecutionSummary } from "@aws-sdk/client-codepipeline";
import type { SharedClients } from "../../aws/delivery-clients";
import type { Delivery } from "../../system/system";
import { ifPresent } from "./if-present";

export interface Commit {
  /** The whole id, or its first eight characters if no execution of the pipeline is left that has it. */
  readonly id: string;
  /** The first line of its message. */
  readonly message?: string;
  readonly author?: string;
  /** ISO 8601. */
  readonly time?: string;
}

const firstLine = (text: string) => text.trim().split("\n", 1)[0] ?? "";

/** The summary of a connection's revision is JSON. */
function messageIn(summary: string): string {
  try {
    const parsed: unknown = JSON.parse(summary);
    const { CommitMessage } = parsed as { CommitMessage?: unknown };
    return typeof CommitMessage === "string" ? CommitMessage : summary;
  } catch {
    return summary;
  }
}

const MILLISECONDS = 1000;

/** Git's date in a commit: seconds since 1970 and an offset. */
function gitTime(date = ""): string | undefined {
  const [, seconds] = /^(\d+)( [+-]\d{4})?$/.exec(date) ?? [];
  return seconds === undefined ? undefined : new Date(Number(seconds) * MILLISECONDS).toISOString();
}

type Commits = Map<string, Promise<GetCommitCommandOutput | undefined>>;

const read = new WeakMap<SharedClients["codecommit"], Commits>();

/** Reads a commit once: it never changes, and several environments can run it. */
export function commitOf(client: SharedClients["codecommit"], repositoryName: string, commitId: string) {
  const known = read.get(client) ?? (new Map() as Commits);
  read.set(client, known);
  const key = `${repositoryName} ${commitId}`;
  const found = known.get(key) ?? ifPresent(client.send(new GetCommitCommand({ repositoryName, commitId })));
  found.catch(() => known.delete(key));
  known.set(key, found);
  return found;
}

/** What is known of a commit from the executions of the pipeline, and from CodeCommit if it has the repository. */
export async function readCommit(
  { codecommit }: SharedClients,
  { names, service }: Delivery,
  commit: string,
  executions: readonly PipelineExecutionSummary[],
): Promise<Commit> {
  const revision = executions
    .flatMap(({ sourceRevisions = [] }) => sourceRevisions)
    .find(({ revisionId = "" }) => revisionId.startsWith(commit));
  const id = revision?.revisionId ?? commit;
  const message = revision?.revisionSummary && firstLine(messageIn(revision.revisionSummary));
  const known = { id, ...(message && { message }) };
  if (revision === undefined || service.source.connection !== undefined) return known;
  const found = await commitOf(codecommit, names.repository, id);
  const { author, message: whole = "" } = found?.commit ?? {};
  return { id, message: firstLine(whole) || message, author: author?.name, time: gitTime(author?.date) };
}
