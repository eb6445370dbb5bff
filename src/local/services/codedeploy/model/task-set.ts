import { isDeepStrictEqual } from "node:util";
import type { CreateTaskSetCommandInput, Service, TaskSet } from "@aws-sdk/client-ecs";
import type { TaskSetProperties } from "./app-spec";
import type { Begun, TaskSetInfo } from "./document";

/** What CreateTaskSet is given, but for the service. */
export type TaskSetInput = Omit<CreateTaskSetCommandInput, "cluster" | "service">;

/** The network that the AppSpec file names, or the one of the original task set. */
function networkOf({ NetworkConfiguration }: TaskSetProperties, primary: TaskSet | undefined) {
  const given = NetworkConfiguration?.AwsvpcConfiguration;
  if (!given) return primary?.networkConfiguration;
  const { AssignPublicIp, SecurityGroups, Subnets } = given;
  return {
    awsvpcConfiguration: {
      subnets: Subnets,
      ...(SecurityGroups && { securityGroups: SecurityGroups }),
      ...(AssignPublicIp && { assignPublicIp: AssignPublicIp }),
    },
  };
}

/** The capacity that the AppSpec file names, or that of the original task set. */
function capacityOf({ CapacityProviderStrategy }: TaskSetProperties, primary: TaskSet | undefined) {
  const kept = primary?.capacityProviderStrategy ?? [];
  const strategy =
    CapacityProviderStrategy?.map(({ Base, CapacityProvider, Weight }) => ({
      capacityProvider: CapacityProvider,
      ...(Base !== undefined && { base: Base }),
      ...(Weight !== undefined && { weight: Weight }),
    })) ?? kept;
  if (strategy.length > 0) return { capacityProviderStrategy: strategy };
  return { launchType: primary?.launchType ?? "FARGATE" };
}

/** The replacement task set of a deployment. Without a platform version in the AppSpec file, it is the latest. */
export function greenTaskSet(
  deploymentId: string,
  properties: TaskSetProperties,
  primary: TaskSet | undefined,
  targetGroupArn: string,
): TaskSetInput {
  const { LoadBalancerInfo, PlatformVersion, TaskDefinition } = properties;
  const network = networkOf(properties, primary);
  return {
    externalId: deploymentId,
    taskDefinition: TaskDefinition,
    ...capacityOf(properties, primary),
    ...(PlatformVersion !== undefined && { platformVersion: PlatformVersion }),
    ...(network && { networkConfiguration: network }),
    scale: { value: 100, unit: "PERCENT" },
    loadBalancers: [
      {
        targetGroupArn,
        containerName: LoadBalancerInfo.ContainerName,
        containerPort: LoadBalancerInfo.ContainerPort,
      },
    ],
  };
}

function taskSetsInfo({ notes }: Begun, { taskSets = [] }: Service): TaskSetInfo[] {
  const { blueTaskSet, greenPercent, greenTaskSet: greenArn, pair } = notes;
  return taskSets.flatMap((taskSet) => {
    const isGreen = taskSet.taskSetArn === greenArn;
    if (!isGreen && taskSet.taskSetArn !== blueTaskSet) return [];
    return {
      identifer: taskSet.id ?? "",
      desiredCount: taskSet.computedDesiredCount ?? 0,
      pendingCount: taskSet.pendingCount ?? 0,
      runningCount: taskSet.runningCount ?? 0,
      status: taskSet.status ?? "",
      trafficWeight: isGreen ? greenPercent : 100 - greenPercent,
      targetGroup: { name: (isGreen ? pair.green : pair.blue).name },
      taskSetLabel: isGreen ? "Green" : "Blue",
    };
  });
}

/** A deployment that shows its task sets as they are now; the same one if it does already. */
export function withTaskSets(deployment: Begun, service: Service): Begun {
  const infos = taskSetsInfo(deployment, service);
  if (isDeepStrictEqual(infos, deployment.target.taskSetsInfo)) return deployment;
  return { ...deployment, target: { ...deployment.target, taskSetsInfo: infos } };
}
