import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { groupBy } from "../../../group-by";
import type { Controller } from "../../reconcile/controller";
import { StaleDocument, type Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { advance } from "./advance";
import { EXECUTIONS, type Execution } from "./execution";
import { PIPELINES, type PipelineDocument } from "./pipeline";
import { runAction } from "./run-action";
import { decide, decided } from "./schedule";
import { randomSuffix } from "./variables";

const RETRY_MS = 1_000;

/** For approvals that expire: everything else is a change. */
const EVERY_MS = 10_000;

const pipelineKey = ({ account, region, document }: Document<Execution>) =>
  [account, region, document.pipelineName].join(" ");

/**
 * Runs the executions of pipelines: it decides which enter a stage, starts actions, and goes on with each until it
 * ends. Everything that it has done is in the documents of the executions, so it can be ended at any time.
 */
export class CodePipelineController implements Controller {
  public readonly name = "codepipeline";
  public readonly everyMs = EVERY_MS;
  /** What is running, by the attempt; true if it must look again. */
  private readonly running = new Map<string, { again: boolean; done: Promise<void> }>();

  constructor(private readonly embedded: Embedded) {}

  public async reconcile(): Promise<void> {
    const { documents } = this.embedded;
    const executions = await documents.list<Execution>(EXECUTIONS);
    if (executions.length === 0) return;
    const pipelines = await documents.list<PipelineDocument>(PIPELINES);
    await this.reconcileWith(executions, pipelines);
  }

  /** Acts on executions and pipelines as they were read. What has changed since is left as it is. */
  public async reconcileWith(
    executions: readonly Document<Execution>[],
    pipelines: readonly Document<PipelineDocument>[],
  ): Promise<void> {
    for (const [, ofPipeline] of groupBy(executions, pipelineKey)) {
      const decisions = this.decisions(ofPipeline, pipelines);
      for (const read of ofPipeline) await this.step(read, decisions.get(read.id));
    }
  }

  /** Waits until nothing is running. */
  public async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private decisions(
    ofPipeline: readonly Document<Execution>[],
    pipelines: readonly Document<PipelineDocument>[],
  ) {
    const [first] = ofPipeline;
    const pipeline = pipelines.find(
      ({ account, region, id }) =>
        account === first?.account && region === first.region && id === first.document.pipelineName,
    );
    const open = ofPipeline.map(({ document }) => document);
    const found = decide(open, pipeline?.document.disabledTransitions ?? []);
    return new Map(found.map((decision) => [decision.id, decision]));
  }

  private async step(read: Document<Execution>, decision?: Parameters<typeof decided>[1]): Promise<void> {
    const now = Date.now() / 1000;
    const before = read.document;
    const entered = decision ? decided(before, decision, now) : before;
    const context = { region: read.region, now, newId: randomUUID, newSuffix: randomSuffix };
    const after = entered.status === "Superseded" ? entered : advance(entered, context);
    let current = read;
    if (after !== before) {
      try {
        current = await this.embedded.documents.write(EXECUTIONS, read, after);
      } catch (error) {
        // Its change wakes the controller again.
        if (error instanceof StaleDocument) return;
        throw error;
      }
      if (after.status !== before.status)
        this.embedded.say(this.name, `${before.pipelineName} ${read.id.slice(0, 8)} ${after.status}`);
    }
    for (const attempt of current.document.actions)
      if (attempt.status === "InProgress") this.run(current, attempt.actionExecutionId);
  }

  /** Goes on with an attempt, apart from the reconciliation: storing a source may take long. */
  private run(read: Document<Execution>, attemptId: string): void {
    const running = this.running.get(attemptId);
    if (running) {
      running.again = true;
      return;
    }
    const entry = { again: true, done: Promise.resolve() };
    this.running.set(attemptId, entry);
    entry.done = this.runUntilQuiet(read, attemptId, entry);
  }

  private async runUntilQuiet(
    of: Document<Execution>,
    attemptId: string,
    entry: { again: boolean },
  ): Promise<void> {
    while (entry.again) {
      entry.again = false;
      try {
        const read = await this.embedded.documents.read<Execution>(EXECUTIONS, of);
        const attempt = read?.document.actions.find(
          ({ actionExecutionId }) => actionExecutionId === attemptId,
        );
        if (read && attempt?.status === "InProgress") await runAction(this.embedded, read, attempt);
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.embedded.say(this.name, `error, tried again: ${text}`);
        await wait(RETRY_MS);
        entry.again = true;
      }
    }
    this.running.delete(attemptId);
  }
}

export const codePipelineController = (embedded: Embedded): Controller =>
  new CodePipelineController(embedded);
