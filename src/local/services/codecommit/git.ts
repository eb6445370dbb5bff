import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

const MAXIMUM_OUTPUT_BYTES = 64 * 1024 * 1024;

/** The environment of git on the side of the server: no settings of the user, and none of a git that called us. */
export function gitEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !name.startsWith("GIT_"));
  return { ...Object.fromEntries(own), GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
}

/** The output of git in a bare repository. */
export async function git(repository: string, ...args: readonly string[]): Promise<string> {
  const options = { env: gitEnvironment(), maxBuffer: MAXIMUM_OUTPUT_BYTES };
  const { stdout } = await run("git", [`--git-dir=${repository}`, ...args], options);
  return stdout.trim();
}

/** The setting in which a repository keeps whose it is. */
const IDENTITY = "codeseries.identity";

/**
 * Makes a bare repository that can be pushed to, unless there is one with this identity. One with another identity
 * was deleted in the embedded AWS, and its name used again: it is replaced.
 */
export async function ensureRepository(repository: string, identity: string): Promise<void> {
  if (existsSync(repository)) {
    const known = await git(repository, "config", "--get", IDENTITY).catch(() => "");
    if (known === identity) return;
    rmSync(repository, { recursive: true });
  }
  mkdirSync(repository, { recursive: true });
  await git(repository, "init", "--quiet", "--bare", "--initial-branch=main");
  await git(repository, "config", "http.receivepack", "true");
  // A collection that git starts in the background would outlive the push.
  await git(repository, "config", "receive.autogc", "false");
  await git(repository, "config", IDENTITY, identity);
}

/** The commit of each branch and tag, by full name such as `refs/heads/main`. */
export type Refs = Readonly<Record<string, string>>;

export async function readRefs(repository: string): Promise<Refs> {
  const format = "--format=%(refname) %(objectname) %(*objectname)";
  const lines = await git(repository, "for-each-ref", format, "refs/heads", "refs/tags");
  const refs = lines.split("\n").flatMap((line): [string, string][] => {
    // An annotated tag is an object of its own, with its commit after it.
    const [name, object = "", commit = ""] = line.split(" ");
    return name ? [[name, commit === "" ? object : commit]] : [];
  });
  return Object.fromEntries(refs);
}

/** Makes a clone check out a branch that exists: the first one that was pushed. */
export async function pointHead(repository: string, refs: Refs): Promise<void> {
  const head = await git(repository, "symbolic-ref", "HEAD");
  const branch = Object.keys(refs).find((name) => name.startsWith("refs/heads/"));
  if (!(head in refs) && branch !== undefined) await git(repository, "symbolic-ref", "HEAD", branch);
}
