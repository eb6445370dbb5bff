import type { DeliveryClients } from "../../aws/delivery-clients";
import { asUserError, type UserError } from "../../errors";
import { limit } from "../../process/limit";
import type { Delivery } from "../../system/system";
import { isInFlight } from "../read/deployments";
import { readDelivery } from "../read/delivery";
import { readEnvironment, type EnvironmentState } from "../read/environment";
import { readStep } from "../read/step";
import { executionInFlight, statusOf, unreadable, type Status } from "./status";

/** Deliveries that are read at a time: AWS throttles more requests. */
const AT_A_TIME = 10;

type ClientsOf = (delivery: Delivery) => Promise<DeliveryClients>;

/**
 * Reads the status of deliveries, in their order. What an environment has once is read once.
 *
 * @throws Failure if none of them can be read.
 */
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
  const failures: UserError[] = [];
  const readOne = async (delivery: Delivery): Promise<Status> => {
    const clients = await clientsOf(delivery);
    const environment = await environmentOf(delivery, clients);
    const state = await readDelivery(clients, delivery, environment);
    const deployment = state.deployments.find(isInFlight);
    const execution = executionInFlight(state.executions ?? [], deployment);
    const runs = deployment ?? execution;
    const step = runs && (await readStep(clients, delivery, deployment, execution?.pipelineExecutionId));
    return statusOf(delivery, environment, state, step);
  };
  const statuses = await Promise.all(
    deliveries.map((delivery) =>
      inTurn(() =>
        readOne(delivery).catch((error: unknown) => {
          const failure = asUserError(error);
          if (!failure) throw error;
          failures.push(failure);
          return unreadable(delivery, failure.message);
        }),
      ),
    ),
  );
  const [first] = failures;
  if (first && failures.length === deliveries.length) throw first;
  return statuses;
}
