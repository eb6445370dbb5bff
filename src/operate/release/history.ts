import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import { isInFlight, isRollback } from "../read/deployments";

/** The beginning of the description of a deployment that `codeseries rollback` makes. */
const ROLLBACK = "codeseries rollback of ";

/** The description of a deployment that goes from a deployment back to the version of another one. */
export const rollbackDescription = (from: string, to: string) => `${ROLLBACK}${from} to ${to}`;

/** The deployment whose version a person went back to; undefined if the deployment is no such rollback. */
const wentBackTo = ({ description = "" }: DeploymentInfo) =>
  description.startsWith(ROLLBACK) ? /(d-[A-Z0-9]+)$/.exec(description)?.[1] : undefined;

/** Whether a deployment goes back to a version before, made by CodeDeploy or by a person. */
export const isWayBack = (deployment: DeploymentInfo) =>
  isRollback(deployment) || wentBackTo(deployment) !== undefined;

export interface History {
  /** The deployment that has not ended. */
  readonly inFlight?: DeploymentInfo;
  /** The newest one. */
  readonly newest?: DeploymentInfo;
  /** Whether the newest one is a release that succeeded, and so what runs, and not a way back. */
  readonly newestIsRelease: boolean;
  /** Releases that succeeded and were not rolled back, the newest first: the first one is what should run. */
  readonly good: readonly DeploymentInfo[];
}

/**
 * What the deployments of a group mean. A release that succeeded is what should run, until a person goes back
 * to one before it: then those in between are not good any more. A release that failed changes nothing.
 *
 * @param deployments The newest first.
 */
export function historyOf(deployments: readonly DeploymentInfo[]): History {
  const good: DeploymentInfo[] = [];
  for (const deployment of [...deployments].reverse()) {
    if (deployment.status !== "Succeeded" || isRollback(deployment)) continue;
    const to = wentBackTo(deployment);
    const index = good.findIndex(({ deploymentId }) => deploymentId === to);
    if (to !== undefined) good.length = index + 1;
    // A way back to a release that the list no longer has stands for that release.
    if (index < 0) good.push(deployment);
  }
  const [newest] = deployments;
  return {
    inFlight: deployments.find(isInFlight),
    newest,
    newestIsRelease: newest?.status === "Succeeded" && !isWayBack(newest),
    good: good.reverse(),
  };
}
