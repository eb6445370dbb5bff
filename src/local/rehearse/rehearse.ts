import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { CodePipelineClient, ListPipelineExecutionsCommand } from "@aws-sdk/client-codepipeline";
import type { Call } from "../../aws/recorded-calls";
import { Failure, TimedOut } from "../../errors";
import { duration, type Progress } from "../../process/progress";
import type { Delivery } from "../../system/system";
import { CALLS, type Embedded } from "../reconcile/embedded";
import { stateLines } from "../watch/lines";
import { snapshots, type Snapshot } from "../watch/snapshot";
import { Evidence, type Step } from "./evidence";
import { interferenceOf } from "./interfere";
import type { RehearsalKind } from "./kinds";

/** Builds take real time. */
const BUILD_LIMIT_MS = 15 * 60_000;

/** Of a deployment that fails only after CodeDeploy's hour for the start of green, with its waits. */
const DEPLOYMENT_LIMIT_SECONDS = 3 * 60 * 60;

/** Real milliseconds in which a push must start an execution. */
const START_LIMIT_MS = 30_000;

const POLL_MS = 200;

const isRunning = ({ execution }: Snapshot) =>
  execution !== undefined && ["InProgress", "Stopping"].includes(execution.status);

export interface RehearsalRun {
  readonly kind: RehearsalKind;
  readonly embedded: Embedded;
  readonly delivery: Delivery;
  readonly progress: Progress;
  /** Pushes the application. Returns the id of the commit. */
  readonly push: () => string;
}

/** What happened in a rehearsal. */
export interface Rehearsed {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Whether the new version got all traffic at some time. */
  readonly fullyShifted: boolean;
  readonly steps: readonly Step[];
  /** Why tasks stopped. */
  readonly stopped: readonly string[];
  /** What was called under the roles of the system. */
  readonly calls: readonly Call[];
}

/** Pushes, and follows the release that the push starts to its end. @throws Failure if none starts. */
export async function rehearse(run: RehearsalRun): Promise<Rehearsed> {
  const { delivery, embedded, kind, push } = run;
  const read = await snapshots(embedded, delivery);
  const before = await read();
  if (isRunning(before))
    throw new Failure(
      `a release of ${delivery.service.name} to ${delivery.environment.name} is in flight; wait for its end`,
    );
  const startedAt = Date.now();
  const interference = interferenceOf(kind, embedded, delivery);
  try {
    const execution = await startedExecution(embedded, delivery, push());
    const { fullyShifted, last: after } = await follow(run, read, before, (shifting) =>
      interference.act(shifting),
    );
    const evidence = new Evidence(embedded, delivery);
    return {
      before,
      after,
      fullyShifted,
      steps: await evidence.steps(execution),
      stopped: await evidence.stoppedTasks(startedAt),
      calls: callsSince(embedded, startedAt),
    };
  } finally {
    interference.end();
  }
}

/** The execution that a commit has started. */
async function startedExecution(embedded: Embedded, delivery: Delivery, commit: string): Promise<string> {
  const place = { accountId: delivery.shared.id, region: delivery.region };
  const codepipeline = embedded.clients.asService(CodePipelineClient, place);
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    const { pipelineExecutionSummaries = [] } = await codepipeline.send(
      new ListPipelineExecutionsCommand({ pipelineName: delivery.names.pipeline }),
    );
    const found = pipelineExecutionSummaries.find(({ sourceRevisions = [] }) =>
      sourceRevisions.some(({ revisionId }) => revisionId === commit),
    );
    if (found?.pipelineExecutionId !== undefined) return found.pipelineExecutionId;
    await wait(POLL_MS);
  }
  throw new Failure(
    `commit ${commit.slice(0, 8)} started no execution of ${delivery.names.pipeline} within ${START_LIMIT_MS / 1000} s`,
  );
}

/** Shows each new line of the release until it is over and one task set is left. */
async function follow(
  { embedded, progress }: RehearsalRun,
  read: () => Promise<Snapshot>,
  before: Snapshot,
  act: (shifting: boolean) => Promise<void>,
): Promise<{ last: Snapshot; fullyShifted: boolean }> {
  const old = before.groups.find(({ weight }) => weight === 100)?.name;
  const limitMs = BUILD_LIMIT_MS + embedded.time.scaled(DEPLOYMENT_LIMIT_SECONDS);
  const deadline = Date.now() + limitMs;
  let shown: readonly string[] = [];
  let fullyShifted = false;
  while (Date.now() < deadline) {
    const now = await read();
    const lines = stateLines(now);
    for (const line of lines) if (!shown.includes(line)) progress.note(line);
    shown = lines;
    const newWeight = Math.max(...now.groups.filter(({ name }) => name !== old).map(({ weight }) => weight));
    fullyShifted ||= newWeight === 100;
    if (!isRunning(now) && isSettled(now)) return { last: now, fullyShifted };
    await act(newWeight > 0);
  }
  throw new TimedOut(
    `the release did not end within ${duration(limitMs)}; npx codeseries local logs shows why`,
  );
}

/** A rollback goes on for a moment after the pipeline has failed. */
const isSettled = ({ groups }: Snapshot) =>
  groups.filter(({ taskSet }) => taskSet).length === 1 && groups.some(({ weight }) => weight === 100);

function callsSince({ file }: Embedded, startedAt: number): Call[] {
  if (!existsSync(file(CALLS))) return [];
  return readFileSync(file(CALLS), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Call)
    .filter(({ time }) => Date.parse(time) >= startedAt);
}
