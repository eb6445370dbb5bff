import {
  BatchGetDeploymentsCommand,
  ListDeploymentsCommand,
  type DeploymentInfo,
} from "@aws-sdk/client-codedeploy";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import { limit } from "../../process/limit";
import type { Delivery } from "../../system/system";
import { ifPresent, pieces } from "./if-present";

/** Limit of one call of BatchGetDeployments. */
const BATCH = 25;

/** Statuses of a deployment that has not ended. */
const IN_FLIGHT: readonly (string | undefined)[] = ["Created", "Queued", "InProgress", "Baking", "Ready"];

export const isInFlight = ({ status }: DeploymentInfo) => IN_FLIGHT.includes(status);

/** Whether CodeDeploy made it to roll another one back. */
export const isRollback = ({ creator, rollbackInfo }: DeploymentInfo) =>
  creator === "codeDeployRollback" || rollbackInfo?.rollbackTriggeringDeploymentId !== undefined;

/** The deployments of deployment groups, by the group's name, each the newest first. */
export type DeploymentsByGroup = ReadonlyMap<string, readonly DeploymentInfo[]>;

/** Groups that are listed at a time: AWS throttles more requests. */
const AT_A_TIME = 10;

/**
 * The deployments of some deliveries' groups in one account; none for a group that does not exist. A call describes
 * deployments of several groups.
 *
 * @param max A multiple of 25, at most 100, for each group: one call lists 100.
 */
export async function readDeploymentsOf(
  { codedeploy }: EnvironmentClients,
  deliveries: readonly Delivery[],
  max = BATCH,
): Promise<DeploymentsByGroup> {
  const inTurn = limit(AT_A_TIME);
  const list = async ({ codeDeployApplication, deploymentGroup }: Delivery["names"]) => {
    const names = { applicationName: codeDeployApplication, deploymentGroupName: deploymentGroup };
    const listed = await ifPresent(codedeploy.send(new ListDeploymentsCommand(names)));
    return { deploymentGroup, ids: (listed?.deployments ?? []).slice(0, max) };
  };
  const groups = await Promise.all(deliveries.map(({ names }) => inTurn(() => list(names))));
  const batches = pieces(
    groups.flatMap(({ ids }) => ids),
    BATCH,
  ).map((deploymentIds) => inTurn(() => codedeploy.send(new BatchGetDeploymentsCommand({ deploymentIds }))));
  const found = (await Promise.all(batches)).flatMap(({ deploymentsInfo = [] }) => deploymentsInfo);
  const time = ({ createTime }: DeploymentInfo) => createTime?.getTime() ?? 0;
  found.sort((one, other) => time(other) - time(one));
  return new Map(
    groups.map(({ deploymentGroup, ids }) => [
      deploymentGroup,
      found.filter(({ deploymentId = "" }) => ids.includes(deploymentId)),
    ]),
  );
}

/** The deployments of one delivery's group, as {@link readDeploymentsOf} reads them. */
export async function readDeployments(
  clients: EnvironmentClients,
  delivery: Delivery,
  max?: number,
): Promise<readonly DeploymentInfo[]> {
  const read = await readDeploymentsOf(clients, [delivery], max);
  return read.get(delivery.names.deploymentGroup) ?? [];
}
