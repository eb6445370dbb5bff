import type { BuildPhaseType, StatusType } from "@aws-sdk/client-codebuild";
import type { Embedded } from "../../reconcile/embedded";
import { StaleDocument, type Document } from "../../reconcile/documents";
import { KIND, type Build, type BuildPhase } from "./build";
import type { BuildError } from "./buildspec/build-error";

/** The build is complete: somebody has stopped it. */
export class BuildEnded extends Error {}

const now = () => Date.now() / 1000;

/** Writes what happens in a build into its document. */
export class Progress {
  constructor(
    private readonly documents: Embedded["documents"],
    private current: Document<Build>,
  ) {}

  public get build(): Build {
    return this.current.document;
  }

  /** Begins again after what SUBMITTED says: a build that was cut off has no phases. */
  public async restart(): Promise<void> {
    const [submitted] = this.build.phases;
    const queued = { phaseType: "QUEUED", startTime: now() } as const;
    await this.write(() => ({ currentPhase: "QUEUED", phases: submitted ? [submitted, queued] : [queued] }));
  }

  /** Ends the phase that runs, unless it has ended, and begins another. */
  public async begin(phaseType: BuildPhaseType): Promise<void> {
    await this.write(({ phases }) => ({
      currentPhase: phaseType,
      phases: [...ended(phases, "SUCCEEDED"), { phaseType, startTime: now() }],
    }));
  }

  /** Ends the phase that runs. */
  public async fail(error: BuildError, status: StatusType = "FAILED"): Promise<void> {
    await this.write(({ phases }) => ({ phases: ended(phases, status, error) }));
  }

  /** Ends the build. */
  public async complete(buildStatus: StatusType, fields: Partial<Build> = {}): Promise<void> {
    await this.write(({ phases }) => ({
      ...fields,
      currentPhase: "COMPLETED",
      buildStatus,
      buildComplete: true,
      endTime: now(),
      phases: [...ended(phases, "SUCCEEDED"), { phaseType: "COMPLETED", startTime: now() }],
    }));
  }

  /** @throws BuildEnded if the build is complete, or is gone. */
  private async write(change: (build: Build) => Partial<Build>): Promise<void> {
    for (;;)
      try {
        const { document } = this.current;
        const content = { ...document, ...change(document) };
        this.current = await this.documents.write(KIND, this.current, content);
        return;
      } catch (error) {
        if (!(error instanceof StaleDocument)) throw error;
        const read = await this.documents.read<Build>(KIND, this.current);
        if (!read || read.document.buildComplete) throw new BuildEnded();
        this.current = read;
      }
  }
}

/** The phases with an end of the last one. */
function ended(phases: readonly BuildPhase[], phaseStatus: StatusType, error?: BuildError): BuildPhase[] {
  const last = phases.at(-1);
  if (!last || last.endTime !== undefined) return [...phases];
  const contexts = [{ statusCode: error?.statusCode ?? "", message: error?.text ?? "" }];
  const endTime = now();
  const durationInSeconds = Math.round(endTime - last.startTime);
  return [...phases.slice(0, -1), { ...last, phaseStatus, endTime, durationInSeconds, contexts }];
}
