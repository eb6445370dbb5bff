import { BatchGetDeploymentTargetsCommand, type DeploymentInfo } from "@aws-sdk/client-codedeploy";
import { GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import type { DeliveryClients, EnvironmentClients } from "../../aws/delivery-clients";
import type { Delivery } from "../../system/system";
import { ifPresent } from "./if-present";

/** The lifecycle events of a deployment to ECS: it has one target, the service. */
export async function readLifecycleEvents(
  { codedeploy }: EnvironmentClients,
  { names }: Delivery,
  deploymentId: string,
) {
  const targetIds = [`${names.cluster}:${names.service}`];
  const found = await ifPresent(
    codedeploy.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds })),
  );
  return found?.deploymentTargets?.[0]?.ecsTarget?.lifecycleEvents ?? [];
}

/** What a release in flight does now: an event of the deployment, else a stage of the pipeline. */
export async function readStep(
  clients: DeliveryClients,
  delivery: Delivery,
  deployment: DeploymentInfo | undefined,
  execution?: string,
): Promise<string | undefined> {
  if (deployment?.deploymentId !== undefined) {
    if (deployment.status === "Ready") return "waits for ContinueDeployment";
    const events = await readLifecycleEvents(clients.environment, delivery, deployment.deploymentId);
    const event = events.find(({ status }) => status === "InProgress")?.lifecycleEventName;
    const waits = deployment.instanceTerminationWaitTimeStarted && "keeps the version before for a while";
    return event ?? (waits || deployment.status);
  }
  const { stageStates = [] } = await clients.shared.codepipeline.send(
    new GetPipelineStateCommand({ name: delivery.names.pipeline }),
  );
  const stage = stageStates.find(
    ({ latestExecution: { pipelineExecutionId, status } = {} }) =>
      status === "InProgress" && (execution === undefined || pipelineExecutionId === execution),
  );
  const waits = stage?.actionStates?.some(({ latestExecution }) => latestExecution?.token !== undefined);
  return waits ? "waits for an approval" : stage?.stageName;
}
