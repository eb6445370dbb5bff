import {
  BatchGetDeploymentsCommand,
  ListDeploymentsCommand,
  type DeploymentInfo,
} from "@aws-sdk/client-codedeploy";
import type { EnvironmentClients } from "../../aws/delivery-clients";
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

/**
 * The deployments of a delivery's group, the newest first; none if there is no group.
 *
 * @param max A multiple of 25, at most 100: one call lists 100.
 */
export async function readDeployments(
  { codedeploy }: EnvironmentClients,
  { names }: Delivery,
  max = BATCH,
): Promise<DeploymentInfo[]> {
  const { codeDeployApplication: applicationName, deploymentGroup: deploymentGroupName } = names;
  const listed = await ifPresent(
    codedeploy.send(new ListDeploymentsCommand({ applicationName, deploymentGroupName })),
  );
  const read = pieces((listed?.deployments ?? []).slice(0, max), BATCH).map((deploymentIds) =>
    codedeploy.send(new BatchGetDeploymentsCommand({ deploymentIds })),
  );
  const found = (await Promise.all(read)).flatMap(({ deploymentsInfo = [] }) => deploymentsInfo);
  const time = ({ createTime }: DeploymentInfo) => createTime?.getTime() ?? 0;
  return found.sort((one, other) => time(other) - time(one));
}
