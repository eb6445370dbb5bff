import type { DeliveryClients } from "../../../aws/delivery-clients";
import type { Delivery } from "../../../system/system";
import { noEvidence, type Evidence } from "../evidence";
import { readBuild } from "./build";
import { needsTasks, readDeployment } from "./deployment";
import { readExecution } from "./execution";
import { readHealth, readProduction, readService, targetGroupOf } from "./production";
import { Reader } from "./reader";
import { readTasks, taskSetIdOf } from "./tasks";

/** What is asked for. */
export interface Asked {
  /** The id of an execution or the beginning of it, or the id of a deployment. @default - the newest execution */
  readonly execution?: string;
  /** The log group that keeps the events of tasks which ECS has forgotten. */
  readonly keptEvents?: string;
}

const DEPLOYMENT_ID = /^d-\w+$/;

/** What a step of the release left in the build or the deployment. */
async function readStep(reader: Reader, { action }: Partial<Evidence>): Promise<Partial<Evidence>> {
  const id = action?.output?.executionResult?.externalExecutionId;
  if (id === undefined || id === "") return {};
  const provider = action?.input?.actionTypeId?.provider;
  if (provider === "CodeBuild") return readBuild(reader, id);
  return DEPLOYMENT_ID.test(id) ? readDeployment(reader, id) : {};
}

/** The tasks of the deployment and the health of its targets, if the cause can be there. */
async function readTaskSet(
  reader: Reader,
  evidence: Evidence,
  keptEvents?: string,
): Promise<Partial<Evidence>> {
  const { deployment, service, target } = evidence;
  if (!deployment || !needsTasks(deployment)) return {};
  const id = taskSetIdOf(deployment, service, target);
  if (id === undefined) return {};
  const taskSet = service?.taskSets?.find((one) => one.id === id);
  const group = taskSet && targetGroupOf(taskSet);
  const [tasks, targets] = await Promise.all([
    readTasks(reader, id, deployment.createTime, keptEvents),
    group === undefined ? [] : readHealth(reader, group),
  ]);
  return { ...tasks, taskSet: taskSet ?? { id }, targets };
}

/**
 * Reads what AWS says about a release, in the order in which an engineer looks, and no more than the next step needs:
 * the execution, its first failed action, the build or the deployment, the tasks, and where production traffic goes.
 *
 * @throws InputError if there is no such execution, Failure if there is no pipeline or AWS accepts no credentials.
 */
export async function collect(
  clients: DeliveryClients,
  delivery: Delivery,
  { execution, keptEvents }: Asked = {},
): Promise<Evidence> {
  const reader = new Reader(clients, delivery);
  const alone = execution !== undefined && DEPLOYMENT_ID.test(execution);
  const pipeline = alone ? {} : await readExecution(reader, execution);
  const [step, service] = await Promise.all([
    alone ? readDeployment(reader, execution) : readStep(reader, pipeline),
    readService(reader),
  ]);
  const known: Evidence = { ...noEvidence(delivery.names.pipeline), ...pipeline, ...step, service };
  const [taskSet, production] = await Promise.all([
    readTaskSet(reader, known, keptEvents),
    readProduction(reader, service),
  ]);
  return { ...known, ...taskSet, production, unread: reader.unread };
}
