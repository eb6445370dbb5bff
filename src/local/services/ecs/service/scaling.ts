import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { placeOf } from "../../../reconcile/documents";
import type { Embedded } from "../../../reconcile/embedded";
import type { Service } from "../document";
import { ecsOf } from "../task/submit";
import { within } from "./counts";

/** Brings the desired count of a service within the limits of its scalable target. @returns whether it was not. */
export async function keepWithinLimits(embedded: Embedded, service: Service): Promise<boolean> {
  const { name, cluster, desiredCount, status } = service.document;
  if (status !== "ACTIVE") return false;
  const client = embedded.clients.asService(ApplicationAutoScalingClient, placeOf(service));
  const command = new DescribeScalableTargetsCommand({
    ServiceNamespace: "ecs",
    ResourceIds: [`service/${cluster}/${name}`],
  });
  const [target] = (await client.send(command)).ScalableTargets ?? [];
  if (!target || target.SuspendedState?.ScheduledScalingSuspended) return false;
  const { MinCapacity: min = 0, MaxCapacity: max = Infinity } = target;
  const wanted = within(desiredCount, { min, max });
  if (wanted === desiredCount) return false;
  embedded.say("ecs", `${name}: desired count ${desiredCount} becomes ${wanted}, of ${min} to ${max}`);
  const update = { cluster, service: name, desiredCount: wanted };
  await ecsOf({ embedded, service }).send(new UpdateServiceCommand(update));
  return true;
}
