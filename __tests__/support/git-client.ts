import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A repository of a developer, in a temporary folder. */
export class GitClient {
  public readonly folder = mkdtempSync(join(tmpdir(), "codeseries-git-"));

  constructor(private readonly variables: Readonly<Record<string, string>> = {}) {}

  public async init(): Promise<this> {
    await this.git("init", "--quiet", "--initial-branch=main");
    return this;
  }

  /** @throws Error with git's output. */
  public async git(...args: readonly string[]): Promise<string> {
    const own = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"];
    const env = {
      ...process.env,
      GIT_TERMINAL_PROMPT: "0",
      GIT_CONFIG_GLOBAL: "/dev/null",
      ...this.variables,
    };
    const { stdout } = await run("git", [...own, ...args], { cwd: this.folder, env, maxBuffer: 1e8 });
    return stdout.trim();
  }

  /** @returns the id of the commit. */
  public async commit(message: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), content);
    }
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
