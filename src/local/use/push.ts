import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Failure, InputError } from "../../errors";
import type { Service } from "../../system/system";
import { HOST } from "../emulator/port";
import { knownPort } from "../reconcile/ports";

export interface PushOptions {
  readonly service: Service;
  readonly branch: string;
  /** Its files become the commit. Files that its `.gitignore` names do not. */
  readonly folder: string;
  readonly message: string;
  /** A Git tag of the commit that is pushed, too. */
  readonly tag?: string;
}

/** The author where Git knows none. */
const AUTHOR = { name: "codeseries", email: "codeseries@localhost" };

/** The remote of a service's repository: CodeCommit's, or the one that stands for a connection's. */
export function remoteOf({ names, source }: Service): string {
  const port = knownPort("git");
  if (port === undefined) throw new Failure("the embedded AWS has no Git remote yet; try again");
  const path = source.connection
    ? `connections/${source.connection.repository}`
    : `v1/repos/${names.repository}`;
  return `http://${HOST}:${port}/${path}`;
}

/** Git in a repository of its own, which takes the files of a folder. */
function gitIn(repository: string, folder: string) {
  const env = { ...process.env, GIT_DIR: repository, GIT_WORK_TREE: folder, GIT_TERMINAL_PROMPT: "0" };
  const attempt = (...args: readonly string[]) =>
    spawnSync("git", args, { cwd: folder, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const run = (...args: readonly string[]) => {
    const { error, status, stderr, stdout } = attempt(...args);
    if (error) throw new Failure(`cannot run git: ${error.message}`);
    if (status !== 0) throw new Failure(`git ${args[0] ?? ""} failed: ${stderr.trim()}`);
    return stdout.trim();
  };
  return { attempt, run };
}

/**
 * Pushes a folder as one commit on top of a branch, or as its first commit. The commit is made even if no file has
 * changed.
 *
 * @returns the id of the commit.
 * @throws InputError if the folder is none, Failure with Git's words if the push is refused.
 */
export function pushFolder({ service, branch, folder, message, tag }: PushOptions): string {
  const source = resolve(folder);
  if (!existsSync(source) || !statSync(source).isDirectory())
    throw new InputError(`folder: expected a folder with a Dockerfile, got "${folder}"`);
  const repository = mkdtempSync(join(tmpdir(), "codeseries-push-"));
  try {
    const { attempt, run } = gitIn(repository, source);
    run("init", "--quiet");
    const remote = remoteOf(service);
    const exists = attempt("fetch", "--quiet", "--depth=1", remote, branch).status === 0;
    if (exists) run("update-ref", "HEAD", "FETCH_HEAD");
    run("add", "--all");
    const identity = [
      ["user.name", AUTHOR.name],
      ["user.email", AUTHOR.email],
    ].flatMap(([key = "", value = ""]) =>
      attempt("config", key).status === 0 ? [] : ["-c", `${key}=${value}`],
    );
    run(...identity, "commit", "--quiet", "--allow-empty", "--no-verify", "--message", message);
    const commit = run("rev-parse", "HEAD");
    const tags = tag === undefined ? [] : [`HEAD:refs/tags/${tag}`];
    run("push", "--quiet", remote, `HEAD:refs/heads/${branch}`, ...tags);
    return commit;
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}
