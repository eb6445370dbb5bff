import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** The process that stands for one execution of a Lambda function. */
export class HookProcess {
  private readonly child: ChildProcess;
  private exitCode: number | undefined;
  private seen = false;

  /** @param event What it gets on standard input, as JSON. */
  constructor(
    executable: string,
    event: Readonly<Record<string, string>>,
    env: NodeJS.ProcessEnv,
    onLine: (line: string) => void,
  ) {
    // A group of its own, so that all that it starts ends with it.
    this.child = spawn(executable, [], { env, detached: true, stdio: "pipe" });
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface(stream).on("line", onLine);
    this.child.once("error", (error) => {
      onLine(error.message);
      this.exitCode ??= 1;
    });
    this.child.once("exit", (code) => {
      this.exitCode ??= code ?? 1;
    });
    // It may not read its input.
    this.child.stdin?.on("error", () => undefined);
    this.child.stdin?.end(JSON.stringify(event));
  }

  /**
   * Whether it has succeeded; undefined while it runs, and at the first look after its end: what it has reported
   * through the API is stronger, and may have come after the caller has read the deployment.
   */
  public get succeeded(): boolean | undefined {
    if (this.exitCode === undefined) return undefined;
    const { seen } = this;
    this.seen = true;
    return seen ? this.exitCode === 0 : undefined;
  }

  public end(): void {
    if (this.exitCode !== undefined || this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, "SIGKILL");
    } catch {
      // It has just ended.
    }
  }
}
