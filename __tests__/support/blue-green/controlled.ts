import { ControllerLoop } from "../../../src/local/reconcile/controller";
import type { Embedded } from "../../../src/local/reconcile/embedded";
import { codeDeployController } from "../../../src/local/services/codedeploy/controller";

/** Runs the controller as its process does, until the returned function is called. */
export function runCodeDeploy(embedded: Embedded, hookFolder?: string): () => Promise<void> {
  const abort = new AbortController();
  const loop = new ControllerLoop(codeDeployController(embedded, hookFolder), (error) => {
    embedded.say("codedeploy", String(error));
  });
  const watching = embedded.changes.watch(() => {
    loop.wake();
  }, abort.signal);
  return async () => {
    abort.abort();
    await loop.end();
    void watching;
  };
}
