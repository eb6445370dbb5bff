import type { Controller } from "../../reconcile/controller";
import type { Embedded } from "../../reconcile/embedded";
import { hasEnded, KIND, type Deployment } from "./model/document";
import { DeploymentRun } from "./deployment-run";

/** After an error, a deployment goes on at the next call. */
const EVERY_MS = 5_000;

/**
 * CodeDeploy for ECS: carries on each deployment that has not ended, of every account and region.
 *
 * @param hookFolder Where the executables that stand for Lambda functions are looked for before `.local/hooks`.
 */
export function codeDeployController(embedded: Embedded, hookFolder?: string): Controller {
  const running = new Set<string>();
  return {
    name: "codedeploy",
    everyMs: EVERY_MS,
    reconcile: async () => {
      for (const one of await embedded.documents.list<Deployment>(KIND)) {
        if (hasEnded(one.document) || running.has(one.id)) continue;
        running.add(one.id);
        void new DeploymentRun(embedded, one, hookFolder)
          .run()
          .catch((error: unknown) => {
            const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
            embedded.say("codedeploy", `${one.id} error, tried again: ${text}`);
          })
          .finally(() => running.delete(one.id));
      }
    },
  };
}
