import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StaleDocument, type Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { PIPELINES, type Detected, type PipelineDocument } from "../codepipeline/pipeline";
import { startedBy, type Push } from "../codepipeline/triggers";
import { changedFiles } from "./commits";
import { ensureRepository, pointHead, readRefs, type Refs } from "./git";
import { connectedFolder } from "./repositories";
import { differing, told } from "./sync";

/** What was last seen of a repository behind a connection. */
interface Seen {
  /** Counts the pushes. */
  readonly push: number;
  readonly refs: Refs;
}

const seenFile = (folder: string) => join(folder, "codeseries-seen.json");

const readSeen = (folder: string): Seen =>
  existsSync(seenFile(folder))
    ? (JSON.parse(readFileSync(seenFile(folder), "utf8")) as Seen)
    : { push: 0, refs: {} };

function writeSeen(folder: string, seen: Seen): void {
  const next = `${seenFile(folder)}.next`;
  writeFileSync(next, JSON.stringify(seen));
  renameSync(next, seenFile(folder));
}

/**
 * Starts the pipelines for what was pushed to the repository of a connection. The push is noted after they have
 * been started; moto starts a pipeline once for each push and ref.
 *
 * @param fullName `owner/name`
 */
export async function syncConnection(embedded: Embedded, fullName: string): Promise<void> {
  const folder = connectedFolder(embedded, fullName);
  await ensureRepository(folder, fullName);
  const seen = readSeen(folder);
  const refs = await readRefs(folder);
  const changed = differing(seen.refs, refs);
  if (changed.length === 0) return;
  await pointHead(folder, refs);
  for (const name of changed) {
    embedded.say("connections", `${fullName}: ${told(name, seen.refs, refs)}`);
    const commit = refs[name];
    if (commit === undefined) continue;
    const push = await pushOf(folder, name, seen.refs[name], commit);
    await startPipelines(embedded, fullName, push, commit, `${fullName} ${seen.push + 1} ${name}`);
  }
  writeSeen(folder, { push: seen.push + 1, refs });
}

async function pushOf(
  folder: string,
  name: string,
  before: string | undefined,
  commit: string,
): Promise<Push> {
  if (name.startsWith("refs/tags/")) return { tag: name.slice("refs/tags/".length) };
  return { branch: name.slice("refs/heads/".length), files: await changedFiles(folder, before, commit) };
}

async function startPipelines(
  embedded: Embedded,
  fullName: string,
  push: Push,
  commit: string,
  token: string,
): Promise<void> {
  for (const read of await embedded.documents.list<PipelineDocument>(PIPELINES)) {
    const actions = startedBy(read.document.pipeline, fullName, push);
    if (actions.length === 0) continue;
    const sourceRevisions = actions.map((actionName) => ({
      actionName,
      revisionType: "COMMIT_ID",
      revisionValue: commit,
      ...("branch" in push && { branch: push.branch }),
    }));
    await detect(embedded, read, { token, trigger: triggerOf(read.document, actions[0]), sourceRevisions });
    embedded.say("connections", `${fullName}: started ${read.id}`);
  }
}

function triggerOf({ pipeline }: PipelineDocument, actionName?: string): Detected["trigger"] {
  const actions = pipeline.stages?.flatMap((stage) => stage.actions ?? []) ?? [];
  const connection = actions.find(({ name }) => name === actionName)?.configuration?.ConnectionArn;
  return { triggerType: "WebhookV2", triggerDetail: connection ?? "" };
}

async function detect(
  { documents }: Embedded,
  first: Document<PipelineDocument>,
  detected: Detected,
): Promise<void> {
  let read: Document<PipelineDocument> | undefined = first;
  while (read) {
    try {
      await documents.write(PIPELINES, read, { ...read.document, detected });
      return;
    } catch (error) {
      if (!(error instanceof StaleDocument)) throw error;
      read = await documents.read<PipelineDocument>(PIPELINES, first);
    }
  }
}
