import { CreateDeploymentCommand } from "@aws-sdk/client-codedeploy";
import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import { ANSWERED_KEYS } from "../../delivery/task-definition";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";

export interface DeployOptions {
  /** The AppSpec. */
  readonly content: string;
  readonly description: string;
  /** The deployment group's alarms do not stop this deployment. */
  readonly ignoreAlarms?: boolean;
}

/** Starts a deployment, and returns its id. */
export async function createDeployment(
  { codedeploy }: EnvironmentClients,
  { names }: Delivery,
  { content, description, ignoreAlarms = false }: DeployOptions,
): Promise<string> {
  const { deploymentId = "" } = await codedeploy.send(
    new CreateDeploymentCommand({
      applicationName: names.codeDeployApplication,
      deploymentGroupName: names.deploymentGroup,
      description,
      revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
      ...(ignoreAlarms && { overrideAlarmConfiguration: { enabled: false } }),
    }),
  );
  return deploymentId;
}

/** @throws Failure if ECS no longer has it. */
export async function readTaskDefinition({ ecs }: EnvironmentClients, arn: string) {
  const found = await ecs
    .send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ["TAGS"] }))
    .catch((error: unknown) => {
      // ECS has no error of its own for it.
      if (error instanceof Error && /Unable to describe task definition/.test(error.message))
        return undefined;
      throw error;
    });
  const { tags = [], taskDefinition } = found ?? {};
  if (!taskDefinition) throw new Failure(`ECS no longer has the task definition ${arn}`);
  return { tags, taskDefinition };
}

/** Registers a revision, and returns its ARN. */
export async function registerTaskDefinition(
  { ecs }: EnvironmentClients,
  input: RegisterTaskDefinitionCommandInput,
): Promise<string> {
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(input));
  return taskDefinition?.taskDefinitionArn ?? "";
}

/** The input that registers a task definition again, with another image of the service's container. */
export function withImage(
  { service }: Delivery,
  of: TaskDefinition,
  image: string,
): RegisterTaskDefinitionCommandInput {
  const kept = Object.fromEntries(
    Object.entries(of).filter(([key]) => !ANSWERED_KEYS.some((answered) => answered === key)),
  );
  return {
    ...kept,
    family: of.family,
    containerDefinitions: (of.containerDefinitions ?? []).map((container) =>
      container.name === service.name ? { ...container, image } : container,
    ),
  };
}
