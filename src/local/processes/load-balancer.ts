/** The process of the load balancer, apart from the controllers: their work must not delay requests. */
import { openEmbedded } from "../reconcile/embedded";
import { runControllers, type Controller } from "../reconcile/controller";
import { settingsFromEnvironment, untilTerminated } from "./process";

async function main(): Promise<void> {
  const settings = settingsFromEnvironment();
  const embedded = openEmbedded(settings.timeFactor);
  const controllers: Controller[] = [];
  await untilTerminated(embedded, "elb", (signal) =>
    runControllers(controllers, embedded.changes, embedded.say, signal),
  );
}

void main();
