import type { Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { commitsSince } from "./commits";
import { ensureRepository, pointHead, readRefs, type Refs } from "./git";
import { REPOSITORIES, repositoryFolder, type RepositoryDocument } from "./repositories";

/** The names of refs that two states do not have in common. */
export const differing = (one: Refs, other: Refs) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => one[name] !== other[name])
    .sort();

/** What happened to a ref, as a line of the log says it. */
export function told(name: string, before: Refs, after: Refs): string {
  const short = name.replace(/^refs\/(heads|tags)\//, "");
  const from = before[name]?.slice(0, 8);
  const to = after[name]?.slice(0, 8);
  if (to === undefined) return `${short} deleted`;
  return from === undefined ? `${short} created at ${to}` : `${short} ${from}..${to}`;
}

/**
 * Brings CodeCommit to what a repository has. moto sends an event for each branch and tag that differs, so that
 * each is sent once, also for a push during which the controllers ended.
 *
 * @throws StaleDocument if the repository has changed in moto meanwhile.
 */
export async function syncRepository(embedded: Embedded, read: Document<RepositoryDocument>): Promise<void> {
  const folder = repositoryFolder(embedded, read);
  const { repositoryId, refs: before } = read.document;
  await ensureRepository(folder, repositoryId);
  const refs = await readRefs(folder);
  const changed = differing(before, refs);
  if (changed.length === 0) return;
  await pointHead(folder, refs);
  const tips = changed.flatMap((name) => refs[name] ?? []);
  const commits = await commitsSince(folder, tips, Object.values(before));
  await embedded.documents.write(REPOSITORIES, read, { repositoryId, refs, commits });
  for (const name of changed) embedded.say("codecommit", `${read.id}: ${told(name, before, refs)}`);
}
