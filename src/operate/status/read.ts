import type { DeliveryClients } from "../../aws/delivery-clients";
import { limit } from "../../process/limit";
import type { Delivery } from "../../system/system";
import { isInFlight } from "../read/deployments";
import { readDelivery } from "../read/delivery";
import { readEnvironment, type EnvironmentState } from "../read/environment";
import { readStep } from "../read/step";
import { statusOf, type Status } from "./status";

/** Deliveries that are read at a time: AWS throttles more requests. */
const AT_A_TIME = 10;

type ClientsOf = (delivery: Delivery) => Promise<DeliveryClients>;

/** Reads the status of deliveries, in their order. What an environment has once is read once. */
export async function readStatus(clientsOf: ClientsOf, deliveries: readonly Delivery[]): Promise<Status[]> {
  const inTurn = limit(AT_A_TIME);
  const environments = new Map<string, Promise<EnvironmentState>>();
  const environmentOf = (delivery: Delivery, clients: DeliveryClients) => {
    const { environment } = delivery;
    const known = environments.get(environment.name);
    if (known) return known;
    const own = deliveries.filter((one) => one.environment.name === environment.name);
    const read = readEnvironment(clients.environment, environment, own);
    environments.set(environment.name, read);
    return read;
  };
  return Promise.all(
    deliveries.map((delivery) =>
      inTurn(async () => {
        const clients = await clientsOf(delivery);
        const environment = await environmentOf(delivery, clients);
        const state = await readDelivery(clients, delivery, environment);
        const deployment = state.deployments.find(isInFlight);
        const runs = deployment ?? state.executions?.find(({ status }) => status === "InProgress");
        const step = runs && (await readStep(clients, delivery, deployment));
        return statusOf(delivery, environment, state, step);
      }),
    ),
  );
}
