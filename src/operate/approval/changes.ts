import type { DeliveryClients, SharedClients } from "../../aws/delivery-clients";
import type { Delivery } from "../../system/system";
import { commitOf, type Commit } from "../read/commit";
import { readDelivery } from "../read/delivery";
import { readEnvironment } from "../read/environment";
import { imageOf } from "../read/images";
import { driftOf } from "../status/drift";

/** Characters of a commit's id. */
const ID_LENGTH = 40;

/** Commits that are listed at most. */
const MAX_COMMITS = 20;

/** What an approval would release, compared with what runs. */
export interface Changes {
  readonly running?: { readonly image: string; readonly commit?: Commit };
  /** Those after the running one, the newest first; undefined if the repository is not in CodeCommit. */
  readonly commits?: readonly Commit[];
  /** Whether there may be more, or the running one is not among the first parents. */
  readonly more: boolean;
  /** What the task definition of the configuration has in another way; undefined before the first release. */
  readonly taskDefinition?: readonly string[];
}

/** @param commit The id of the one that would be released. */
export async function readChanges(
  clients: DeliveryClients,
  delivery: Delivery,
  commit: string | undefined,
): Promise<Changes> {
  const environment = await readEnvironment(clients.environment, delivery.environment, [delivery]);
  const state = await readDelivery(clients, delivery, environment);
  const { own, taskDefinition } = state;
  const until = state.commit?.id;
  // CodeCommit does not know the beginning of an id.
  const known = commit !== undefined && commit.length >= ID_LENGTH;
  const walked =
    known && delivery.service.source.connection === undefined
      ? await commitsSince(clients.shared, delivery, commit, until)
      : { commits: undefined, more: false };
  return {
    ...walked,
    ...(own !== undefined &&
      taskDefinition && {
        running: { image: imageOf(delivery, taskDefinition), commit: state.commit },
        taskDefinition: driftOf(delivery, taskDefinition),
      }),
  };
}

/** Walks along the first parents. @param until The id, or its beginning, of a commit that is not listed. */
async function commitsSince(
  { codecommit }: SharedClients,
  { names: { repository: repositoryName } }: Delivery,
  from: string,
  until = "none",
): Promise<{ readonly commits: Commit[]; readonly more: boolean }> {
  const commits: Commit[] = [];
  let id: string | undefined = from;
  while (id !== undefined && !id.startsWith(until)) {
    if (commits.length === MAX_COMMITS) return { commits, more: true };
    const found = await commitOf(codecommit, repositoryName, id);
    const { author, message = "", parents } = found?.commit ?? {};
    commits.push({ id, message: message.trim().split("\n", 1)[0], author: author?.name });
    id = parents?.[0];
  }
  return { commits, more: id === undefined && until !== "none" };
}
