import { setTimeout as wait } from "node:timers/promises";
import { StaleDocument } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import {
  nowInSeconds,
  hasBegun,
  hasEnded,
  KIND,
  type Deployment,
  type DeploymentDocument,
} from "./model/document";
import { DeploymentEnds, endedBy, stopOf } from "./model/ending";
import { checkAlarms } from "./alarms";
import { begin } from "./phases/begin";
import { Hooks } from "./hooks/hooks";
import { notify } from "./notify";
import { nextStep } from "./phases/next-step";
import { beginRollback } from "./phases/rollback";
import { Session } from "./session";

const POLL_MS = 200;

/** Carries one deployment on until it has ended. All that it must remember is in the document. */
export class DeploymentRun {
  constructor(
    private readonly embedded: Embedded,
    private readonly of: Pick<DeploymentDocument, "account" | "region" | "id">,
    private readonly hookFolder: string | undefined,
  ) {}

  /** @throws Error if something is amiss that is not the deployment's fault: it may be tried again. */
  public async run(): Promise<void> {
    let hooks: Hooks | undefined;
    try {
      for (;;) {
        // Never from what was read before: a person or another process may have changed it.
        const read = await this.embedded.documents.read<Deployment>(KIND, this.of);
        if (!read || hasEnded(read.document)) return;
        const session = new Session(this.embedded, this.of.id, read);
        hooks ??= new Hooks(session, this.hookFolder);
        await this.step(session, hooks, read);
      }
    } finally {
      hooks?.end();
    }
  }

  /** Does one thing, and notes its result; waits if there was nothing to do. */
  private async step(session: Session, hooks: Hooks, read: DeploymentDocument): Promise<void> {
    const before = read.document;
    const after = await this.advanced(session, hooks, before);
    if (after === before) {
      await wait(POLL_MS);
      return;
    }
    try {
      await this.embedded.documents.write(KIND, read, after);
    } catch (error) {
      if (error instanceof StaleDocument) return;
      throw error;
    }
    if (after.info.status !== before.info.status) await notify(session, after);
  }

  private async advanced(session: Session, hooks: Hooks, deployment: Deployment): Promise<Deployment> {
    try {
      if (!hasBegun(deployment)) {
        const { rollsBack } = deployment;
        return await (rollsBack ? beginRollback(session, deployment, rollsBack) : begin(session, deployment));
      }
      if (deployment.notes.blueEnds !== true) {
        const stop = stopOf(deployment);
        if (stop) throw new DeploymentEnds(stop);
        await checkAlarms(session, deployment.alarms);
      }
      return await nextStep(session, hooks, deployment);
    } catch (error) {
      if (!(error instanceof DeploymentEnds)) throw error;
      session.say(`${error.ending.code}: ${error.message}`);
      return endedBy(deployment, error.ending, nowInSeconds());
    }
  }
}
