import type { EnvironmentClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { alarmsOf, readAlarms } from "../read/alarms";

/**
 * Makes sure that no alarm stops a deployment as soon as it begins.
 *
 * @throws Failure if an alarm of the deployment group is on.
 */
export async function refuseAlarms(clients: EnvironmentClients, delivery: Delivery): Promise<void> {
  const alarms = await readAlarms(clients, alarmsOf(delivery));
  const names = alarms.flatMap(({ AlarmName = "", StateValue }) =>
    StateValue === "ALARM" ? [AlarmName] : [],
  );
  if (names.length === 0) return;
  throw new Failure(
    `${delivery.service.name} ${delivery.environment.name}: ${names.join(", ")} in ALARM: CodeDeploy would stop the deployment and go back to the version that runs`,
    "to deploy all the same: --ignore-alarms",
  );
}
