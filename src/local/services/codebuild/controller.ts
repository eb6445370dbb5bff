import type { Controller } from "../../reconcile/controller";
import type { Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { KIND, type Build } from "./build";
import { BuildRun } from "./run-build";
import type { InstallPrograms } from "./steps";
import { processesOf } from "./workspace";

/** Builds that run at once; others wait as QUEUED. */
const AT_ONCE = 4;

/**
 * CodeBuild: runs the builds that StartBuild has made, in every account and region, and ends those that StopBuild has
 * marked. A build really computes, so its timeout is not scaled.
 *
 * @param install Makes the programs that a build finds first.
 */
export function codeBuildController(embedded: Embedded, install: InstallPrograms): Controller {
  const running = new Map<string, BuildRun>();
  const begin = (document: Document<Build>) => {
    const { arn, currentPhase } = document.document;
    // A build that is not queued was begun by an earlier process.
    const cutOff = currentPhase !== "QUEUED";
    if (cutOff) processesOf(embedded, document.document).kill();
    const run = new BuildRun(embedded, document, install);
    running.set(arn, run);
    void run.run(cutOff).finally(() => running.delete(arn));
  };
  // The commands lead process groups of their own, which outlive this process otherwise.
  process.once("exit", () => {
    for (const run of running.values()) run.end("STOPPED");
  });
  return {
    name: "codebuild",
    reconcile: async () => {
      const builds = await embedded.documents.list<Build>(KIND);
      for (const { document } of builds)
        if (document.buildComplete) running.get(document.arn)?.end("STOPPED");
      const active = builds.filter(({ document }) => !document.buildComplete && running.has(document.arn));
      const waiting = builds.filter(({ document }) => !document.buildComplete && !running.has(document.arn));
      waiting.sort((a, b) => a.document.startTime - b.document.startTime);
      for (const document of waiting.slice(0, Math.max(0, AT_ONCE - active.length))) {
        // The list may be old: a build that has run meanwhile does not run again.
        const now = await embedded.documents.read<Build>(KIND, document);
        if (now && !now.document.buildComplete && !running.has(now.document.arn)) begin(now);
      }
    },
  };
}
