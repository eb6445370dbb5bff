import { git } from "./git";

interface Person {
  readonly name: string;
  readonly email: string;
  /** Seconds since the epoch, and the time zone: `1520035270 +0900`. */
  readonly date: string;
}

/** A commit as GetCommit answers. */
export interface Commit {
  readonly commitId: string;
  readonly treeId: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  readonly additionalData: string;
}

const FIELDS = ["%H", "%T", "%P", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%B"].join("%x00");
const FORMAT = ["--date=raw", `--format=${FIELDS}%x01`];

/** So many commits of one push are known to GetCommit. */
const MAXIMUM_COMMITS = 1_000;

/** The commits that `tips` have and `known` do not, newest first. */
export async function commitsSince(
  repository: string,
  tips: readonly string[],
  known: readonly string[],
): Promise<Commit[]> {
  if (tips.length === 0) return [];
  const range = [...tips, ...(known.length > 0 ? ["--not", ...known] : [])];
  const limit = `--max-count=${MAXIMUM_COMMITS}`;
  return parse(await git(repository, "log", "--ignore-missing", limit, ...FORMAT, ...range, "--"));
}

/** @throws Error if the repository does not have it. */
export async function readCommit(repository: string, commitId: string): Promise<Commit> {
  const [commit] = parse(
    await git(repository, "log", "--max-count=1", ...FORMAT, `${commitId}^{commit}`, "--"),
  );
  if (!commit) throw new Error(`no commit ${commitId}`);
  return commit;
}

const parse = (output: string): Commit[] =>
  output
    .split("\u0001")
    .map((text) => text.trimStart())
    .filter(Boolean)
    .map((text) => {
      const [commitId = "", treeId = "", parents = "", ...rest] = text.split("\0");
      const [name = "", email = "", date = "", committer = "", hisEmail = "", hisDate = "", message = ""] =
        rest;
      return {
        commitId,
        treeId,
        parents: parents.split(" ").filter(Boolean),
        message,
        author: { name, email, date },
        committer: { name: committer, email: hisEmail, date: hisDate },
        additionalData: "",
      };
    });

/** A date of a commit in the form of CodePipeline's variables: `2026-01-31T10:00:00Z`. */
export const isoDate = (raw: string) =>
  new Date(Number.parseInt(raw, 10) * 1_000).toISOString().replace(/\.\d+Z$/, "Z");

/** The paths of the files in which two commits differ; all files of `to` if there is no `from`. */
export async function changedFiles(
  repository: string,
  from: string | undefined,
  to: string,
): Promise<string[]> {
  const output =
    from === undefined
      ? await git(repository, "ls-tree", "-r", "-z", "--name-only", to)
      : await git(repository, "diff", "-z", "--name-only", "--no-renames", from, to, "--");
  return output.split("\0").filter(Boolean);
}
