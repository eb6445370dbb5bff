/** The process of the load balancer, apart from the controllers: their work must not delay requests. */
import { reachable, refreshAddresses } from "../engine/addresses";
import { openEmbedded } from "../reconcile/embedded";
import { runControllers } from "../reconcile/controller";
import { LoadBalancer } from "../services/elb/load-balancer";
import { settingsFromEnvironment, untilTerminated } from "./process";

async function main(): Promise<void> {
  const settings = settingsFromEnvironment();
  const embedded = openEmbedded(settings.timeFactor);
  await refreshAddresses();
  const balancer = new LoadBalancer(embedded, reachable);
  await untilTerminated(embedded, "elb", async (signal) => {
    await runControllers([balancer], embedded.changes, embedded.say, signal);
    await balancer.end();
  });
}

void main();
