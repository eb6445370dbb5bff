import {
  DescribeScalingActivitiesCommand,
  type ScalingActivity,
} from "@aws-sdk/client-application-auto-scaling";
import {
  BatchGetDeploymentTargetsCommand,
  GetDeploymentCommand,
  type DeploymentInfo,
} from "@aws-sdk/client-codedeploy";
import type { Evidence } from "../evidence";
import { readAlarms } from "./alarms";
import type { Reader } from "./reader";

/** Codes of CodeDeploy whose message has the cause: no task has to be looked at. */
const DECISIVE = [
  "ELASTIC_LOAD_BALANCING_INVALID",
  "HOOK_EXECUTION_FAILURE",
  "IAM_ROLE_MISSING",
  "IAM_ROLE_PERMISSIONS",
  "INVALID_ECS_SERVICE",
  "THROTTLED",
];

/** Whether the cause can be in the tasks of a deployment. */
export const needsTasks = ({ errorInformation, status }: DeploymentInfo) =>
  status !== "Succeeded" && !DECISIVE.includes(errorInformation?.code ?? "");

const get = (reader: Reader, deploymentId: string) =>
  reader.try("codedeploy:GetDeployment", () =>
    reader.clients.environment.codedeploy.send(new GetDeploymentCommand({ deploymentId })),
  );

/** When the number of tasks was scaled, newest first. */
async function readScaling(reader: Reader) {
  const { delivery } = reader;
  if (delivery.settings.scaling === undefined) return [];
  const answer = await reader.try("application-autoscaling:DescribeScalingActivities", () =>
    reader.clients.environment.autoscaling.send(
      new DescribeScalingActivitiesCommand({
        ServiceNamespace: "ecs",
        ResourceId: `service/${delivery.names.cluster}/${delivery.names.service}`,
      }),
    ),
  );
  return (answer?.ScalingActivities ?? []).flatMap(({ StartTime }: ScalingActivity) => StartTime ?? []);
}

type Read = Partial<Evidence> & Pick<Evidence, "alarms" | "scaled">;

/** Reads a deployment, its lifecycle events, the alarms that it names, and what rolled it back. */
export async function readDeployment(reader: Reader, deploymentId: string): Promise<Read> {
  const { cluster, service } = reader.delivery.names;
  const [answer, targets] = await Promise.all([
    get(reader, deploymentId),
    reader.try("codedeploy:BatchGetDeploymentTargets", () =>
      reader.clients.environment.codedeploy.send(
        new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [`${cluster}:${service}`] }),
      ),
    ),
  ]);
  const deployment = answer?.deploymentInfo;
  const target = targets?.deploymentTargets?.[0]?.ecsTarget;
  if (!deployment) return { target, alarms: [], scaled: [] };
  const { rollbackDeploymentId } = deployment.rollbackInfo ?? {};
  const [alarms, rollback, scaled] = await Promise.all([
    readAlarms(reader, deployment),
    rollbackDeploymentId === undefined ? undefined : get(reader, rollbackDeploymentId),
    deployment.status === "Failed" && needsTasks(deployment) ? readScaling(reader) : [],
  ]);
  return { deployment, target, alarms, scaled, rollback: rollback?.deploymentInfo };
}
