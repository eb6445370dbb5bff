import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { ImageDetail } from "@aws-sdk/client-ecr";
import { secretsIn } from "../../system/grants/secrets";
import type { Delivery } from "../../system/system";
import { imageOf } from "../read/images";
import type { Revision } from "./revision";

/** What would be deployed. */
export interface Candidate {
  readonly taskDefinition: TaskDefinition;
  readonly revision: Pick<Revision, "containerName" | "port">;
  /** Undefined if ECR does not have it. */
  readonly image: ImageDetail | undefined;
}

/**
 * Why a version that ran before would not run on the infrastructure as it is now; nothing if it would.
 * Whether the old version answers at the health check's path is not known before it runs.
 */
export function preflightFaults(
  delivery: Delivery,
  { image, revision, taskDefinition }: Candidate,
): string[] {
  const { arns, names, parameterArns, secretArns, service, settings } = delivery;
  const {
    containerDefinitions = [],
    executionRoleArn,
    status,
    taskDefinitionArn = "",
    taskRoleArn,
  } = taskDefinition;
  const used = imageOf(delivery, taskDefinition);
  const allowed = new Set([...secretArns, ...parameterArns]);
  const secrets = containerDefinitions.flatMap((one) => one.secrets ?? []);
  const mapped = containerDefinitions
    .filter(({ name }) => name === revision.containerName)
    .flatMap(({ portMappings = [] }) => portMappings.map(({ containerPort }) => containerPort));
  const faults: [boolean, string][] = [
    [
      status !== "ACTIVE",
      `${taskDefinitionArn} is ${status ?? "unknown"}: CodeDeploy starts tasks of an ACTIVE one only`,
    ],
    [image === undefined, `ECR does not have the image ${used} in ${names.containerRepository}`],
    [
      executionRoleArn !== arns.roles.execution,
      `the execution role was ${executionRoleArn ?? "none"}, and is ${arns.roles.execution} now`,
    ],
    [
      taskRoleArn !== arns.roles.task,
      `the task role was ${taskRoleArn ?? "none"}, and is ${arns.roles.task} now`,
    ],
    [
      revision.containerName !== service.name || revision.port !== settings.port,
      `the load balancer sent requests to ${revision.containerName}:${revision.port}, and sends them to ${service.name}:${settings.port} now`,
    ],
    [
      !mapped.includes(revision.port),
      `its container ${revision.containerName} does not listen on port ${revision.port}`,
    ],
    ...secrets
      .filter(({ valueFrom = "" }) => !allowed.has(secretsIn([valueFrom])[0] ?? valueFrom))
      .map(({ name = "", valueFrom = "" }): [boolean, string] => [
        true,
        `its variable ${name} comes from ${valueFrom}, which the execution role may not read any more`,
      ]),
  ];
  return faults.filter(([is]) => is).map(([, text]) => text);
}
