import type { Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import type { Build } from "./build";
import { asBuildError, BuildError } from "./buildspec/build-error";
import type { Buildspec } from "./buildspec/buildspec";
import { runPhases } from "./buildspec/phases";
import type { Shell } from "./buildspec/shell";
import { BuildEnded, Progress } from "./progress";
import { exportedBy, openShell, readSource, returnFiles, type InstallPrograms } from "./steps";
import { openWorkspace, type Workspace } from "./workspace";

const MINUTE_MS = 60_000;

/** One build, from its source to its artifacts, with the credentials of its role. */
export class BuildRun {
  private readonly workspace: Workspace;
  private readonly progress: Progress;
  private readonly abort = new AbortController();

  constructor(
    private readonly embedded: Embedded,
    document: Document<Build>,
    private readonly install: InstallPrograms,
  ) {
    this.workspace = openWorkspace(embedded, document);
    this.progress = new Progress(embedded.documents, document);
  }

  /** Ends the commands at once, and with them the phases. */
  public end(reason: "STOPPED" | "TIMED_OUT"): void {
    this.abort.abort(reason);
    this.workspace.processes.kill();
  }

  /**
   * Runs the build until its document says that it is complete.
   *
   * @param cutOff Whether an earlier process has begun it.
   */
  public async run(cutOff: boolean): Promise<void> {
    const { build, log, say } = this.workspace;
    const timer = setTimeout(() => {
      this.end("TIMED_OUT");
    }, build.timeoutInMinutes * MINUTE_MS);
    try {
      if (cutOff) await this.beginAgain();
      say("begins");
      const status = await this.steps();
      say(status);
    } catch (error) {
      const stopped = error instanceof BuildEnded;
      log.last(stopped ? "[Container] The build was stopped" : String(error));
      say(stopped ? "was stopped" : `FAULT: ${(error as Error).stack ?? String(error)}`);
      if (!stopped) await this.progress.complete("FAULT").catch(() => undefined);
    } finally {
      clearTimeout(timer);
      await this.workspace.close();
    }
  }

  private async beginAgain(): Promise<void> {
    const text = "was cut off, and begins again";
    await this.progress.restart();
    this.workspace.say(text);
    this.workspace.log.write(`[Container] The build ${text}\n`);
  }

  private async steps(): Promise<"SUCCEEDED" | "FAILED" | "TIMED_OUT"> {
    const { log } = this.workspace;
    let failed: boolean;
    let fields: Partial<Build> = {};
    try {
      await this.progress.begin("PROVISIONING");
      await this.progress.begin("DOWNLOAD_SOURCE");
      const spec = await readSource(this.workspace);
      const shell = await openShell(this.embedded, this.workspace, spec, this.install);
      failed = await this.phases(spec, shell);
      fields = { exportedEnvironmentVariables: exportedBy(shell, spec) };
      shell.end();
      if (!this.abort.signal.aborted) {
        await this.progress.begin("UPLOAD_ARTIFACTS");
        await returnFiles(this.workspace, spec);
      }
    } catch (error) {
      if (error instanceof BuildEnded) throw error;
      failed = true;
      const reason = asBuildError(error);
      log.last(`[Container] Phase context status code: ${reason.statusCode} Message: ${reason.text}`);
      await this.progress.fail(reason);
    }
    if (this.abort.signal.aborted) return this.timedOut();
    await this.progress.begin("FINALIZING");
    const status = failed ? "FAILED" : "SUCCEEDED";
    await this.progress.complete(status, fields);
    return status;
  }

  private async timedOut(): Promise<"TIMED_OUT"> {
    const error = new BuildError("BUILD_TIMED_OUT", "Build has timed out. ");
    this.workspace.log.last(`[Container] ${error.message}`);
    await this.progress.fail(error, "TIMED_OUT");
    await this.progress.complete("TIMED_OUT");
    return "TIMED_OUT";
  }

  /** @returns whether a phase has failed. */
  private async phases(spec: Buildspec, shell: Shell): Promise<boolean> {
    const { log } = this.workspace;
    const results = await runPhases(
      spec,
      shell,
      (text) => {
        log.write(text);
      },
      {
        begin: (name) => this.progress.begin(PHASE_TYPES[name]),
        end: async ({ error }) => {
          if (error) await this.progress.fail(error);
        },
      },
      this.abort.signal,
    );
    return results.some(({ status }) => status === "FAILED");
  }
}

const PHASE_TYPES = {
  install: "INSTALL",
  pre_build: "PRE_BUILD",
  build: "BUILD",
  post_build: "POST_BUILD",
} as const;
