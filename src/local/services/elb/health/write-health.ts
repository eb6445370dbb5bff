import { StaleDocument } from "../../../reconcile/documents";
import type { Embedded } from "../../../reconcile/embedded";
import { TARGET_HEALTH, type Group, type Target } from "../targets/target";

/**
 * Writes the health of a target. If the target was registered or deregistered meanwhile, nothing is written: the
 * change wakes the load balancer, which reads the target again.
 */
export async function writeHealth(embedded: Embedded, { settings }: Group, target: Target): Promise<void> {
  const { document, health } = target;
  const { targetId, port, state: before } = document.document;
  try {
    target.document = await embedded.documents.write(TARGET_HEALTH, document, {
      ...document.document,
      // A state without a reason leaves none of the one before.
      reason: null,
      description: null,
      ...health,
    });
  } catch (error) {
    if (!(error instanceof StaleDocument))
      embedded.say("elb", `health of ${targetId} not written: ${String(error)}`);
    return;
  }
  const why = health.description ? ` (${health.description})` : "";
  embedded.say("elb", `${settings.name}: ${targetId}:${port} ${before} -> ${health.state}${why}`);
}
