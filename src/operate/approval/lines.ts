import type { Delivery } from "../../system/system";
import type { Changes } from "./changes";
import type { Pending } from "./pending";

const SHORT_COMMIT = 8;

/** What a person reads before an approval. */
export function approvalLines(
  { environment, service }: Delivery,
  pending: Pending,
  changes: Changes,
): string[] {
  const { taskDefinition } = changes;
  return [
    `${service.name} ${environment.name}: ${pending.execution} waits for approval`,
    `image ${pending.digest ?? "unknown: the build exports no IMAGE_URI"}`,
    ...(changes.commits === undefined
      ? [`commit ${pending.commit ?? "unknown"}; its history is not in CodeCommit`]
      : []),
    ...commitLines(changes),
    ...(taskDefinition === undefined
      ? []
      : [
          taskDefinition.length === 0
            ? "task definition of this configuration: as it runs"
            : `task definition of this configuration, other than it runs: ${taskDefinition.join(", ")}`,
        ]),
  ];
}

/** What runs, and the commits since. */
export function commitLines({
  commits = [],
  more,
  running,
}: Pick<Changes, "commits" | "more" | "running">): string[] {
  const listed = commits.map(
    ({ author, id, message = "" }) =>
      `  ${id.slice(0, SHORT_COMMIT)} ${message}${author === undefined ? "" : ` (${author})`}`,
  );
  const since = running
    ? `since ${running.commit?.id.slice(0, SHORT_COMMIT) ?? running.image}, which runs`
    : "of the first release";
  return [
    running ? `runs ${running.image}` : "nothing has been released yet",
    ...(listed.length > 0 ? [`commits ${since}:`, ...listed] : []),
    ...(more ? ["  and more, or the running commit is not among their first parents"] : []),
  ];
}
