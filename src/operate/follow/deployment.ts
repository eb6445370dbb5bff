import { GetDeploymentCommand, type DeploymentInfo } from "@aws-sdk/client-codedeploy";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { weightsOf } from "../../aws/traffic-weights";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { isInFlight } from "../read/deployments";
import { readLoadBalancer } from "../read/environment";
import { ifPresent } from "../read/if-present";
import { readStep } from "../read/step";
import type { Outcome, Seen } from "./follow";

/** Looks at which a rollback that is expected may be missing: CodeDeploy starts it after the deployment's end. */
const LOOKS_FOR_ROLLBACK = 6;

/** Percent of production traffic, such as `blue 90 %, green 10 %`. */
async function trafficOf({ environment }: DeliveryClients, { environment: place, names }: Delivery) {
  const { rules, targetGroups } = await readLoadBalancer(environment, place);
  const arns = [names.blueTargetGroup, names.greenTargetGroup].map((name) => targetGroups.get(name) ?? "");
  const [blue, green] = weightsOf(rules, [arns[0] ?? "", arns[1] ?? ""]);
  return `blue ${blue} %, green ${green} %`;
}

/** @throws Failure if CodeDeploy does not have the deployment, or it is another delivery's. */
export async function readDeployment(
  { environment: { codedeploy } }: DeliveryClients,
  { names }: Delivery,
  deploymentId: string,
): Promise<DeploymentInfo> {
  const found = await ifPresent(codedeploy.send(new GetDeploymentCommand({ deploymentId })));
  const { applicationName, deploymentGroupName } = found?.deploymentInfo ?? {};
  if (!found?.deploymentInfo) throw new Failure(`CodeDeploy does not have the deployment ${deploymentId}`);
  if (applicationName !== names.codeDeployApplication || deploymentGroupName !== names.deploymentGroup)
    throw new Failure(
      `${deploymentId}: expected a deployment of ${names.deploymentGroup}, got one of ${deploymentGroupName ?? "no group"}`,
    );
  return found.deploymentInfo;
}

/** Looks at a deployment, and at its rollback after it has failed. */
export function lookAtDeployment(
  clients: DeliveryClients,
  delivery: Delivery,
  deployment: string,
): () => Promise<Seen | Outcome> {
  let missing = 0;
  const outcome = (result: Outcome["result"], text: string): Outcome => ({ result, text, deployment });
  return async () => {
    const info = await readDeployment(clients, delivery, deployment);
    const { errorInformation, rollbackInfo, status = "" } = info;
    if (isInFlight(info)) return seen(clients, delivery, info);
    if (status === "Succeeded") return outcome("succeeded", `${deployment} succeeded`);
    const why = `${deployment} ${status === "Stopped" ? "was stopped" : "failed"}${errorInformation?.message ? `: ${errorInformation.message}` : ""}`;
    const rollbackId = rollbackInfo?.rollbackDeploymentId;
    if (rollbackId === undefined) {
      const expected = info.autoRollbackConfiguration?.enabled === true;
      if (expected && missing < LOOKS_FOR_ROLLBACK) {
        missing += 1;
        return { step: `${deployment} ${status}: its rollback has not begun` };
      }
      return outcome("failed", `${why}; it was not rolled back`);
    }
    const rollback = await readDeployment(clients, delivery, rollbackId);
    if (isInFlight(rollback)) return seen(clients, delivery, rollback, "rollback ");
    if (rollback.status === "Succeeded") return outcome("rolledBack", `${why}; ${rollbackId} rolled it back`);
    return outcome("failed", `${why}; its rollback ${rollbackId} ended as ${rollback.status ?? "unknown"}`);
  };
}

async function seen(
  clients: DeliveryClients,
  delivery: Delivery,
  info: DeploymentInfo,
  kind = "",
): Promise<Seen> {
  const [step, traffic] = await Promise.all([
    readStep(clients, delivery, info),
    trafficOf(clients, delivery),
  ]);
  return {
    step: `${kind}${info.deploymentId ?? ""} ${step ?? "begins"}; ${traffic}`,
    waits: info.status === "Ready",
  };
}
