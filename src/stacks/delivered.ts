import type { AppSpecProps } from "../delivery/app-spec";
import type { PlaceholderValues } from "../delivery/build-script";
import type { ImageSource } from "../delivery/build-spec";
import type { ServiceContainer } from "../delivery/containers";
import type { TaskDefinitionProps } from "../delivery/task-definition";
import type { Delivery } from "../system/system";

/** What the files of a delivery are made from. */
export const taskDefinitionOf = (delivery: Delivery): TaskDefinitionProps => {
  const { arns, names, settings } = delivery;
  const { architecture, cpu, dependsOn, ephemeralStorageGiB, memory, secrets, sidecars, xray } =
    settings.task;
  return {
    family: names.taskFamily,
    executionRoleArn: arns.roles.execution,
    taskRoleArn: arns.roles.task,
    cpu,
    memory,
    ephemeralStorageGiB,
    architecture,
    container: containerOf(delivery),
    secrets,
    dependsOn,
    sidecars,
    xray,
    process: settings.task,
  };
};

/** The service's container, in the placeholder and in every release. */
export const containerOf = ({ names, region, service, settings }: Delivery): ServiceContainer => ({
  name: service.name,
  port: settings.port,
  variables: settings.task.variables,
  logs: { group: names.serviceLogGroup, region },
  exec: settings.task.exec,
});

export const appSpecOf = ({ service, settings }: Delivery): AppSpecProps => ({
  containerName: service.name,
  port: settings.port,
  hooks: settings.deployment.hooks,
});

export const imageSourceOf = ({ settings: { build } }: Delivery): ImageSource => ({
  dockerfile: build.dockerfile,
  context: build.context,
  variables: Object.keys(build.variables),
  secrets: Object.keys(build.secrets),
  reports: build.reports,
});

export const placeholderValuesOf = (delivery: Delivery): PlaceholderValues => {
  const { account, environment, region, service, settings } = delivery;
  return {
    AWS_REGION: region,
    ACCOUNT_NO: account.id,
    ENVIRONMENT: environment.name,
    APPLICATION_NAME: service.name,
    // The seed's form: without the leading slash, and a slash alone for the root.
    APPLICATION_PATH: settings.path === "/" ? "/" : settings.path.slice(1),
    APPLICATION_PORT: String(settings.port),
    APPLICATION_VERSION: settings.version,
  };
};
