import type { Config, Environment, Service } from "../config/schema";
import { settingsOf, type Settings } from "../config/settings";
import { bucketArn, roleArn, SERVICE_ROLE_PATH } from "../naming/arns";
import { deliveryNames, deploymentConfigName, type DeliveryNames } from "../naming/names";

/** One service's delivery to one environment: what both stacks must agree on. */
export interface Delivery {
  readonly serviceName: string;
  readonly service: Service;
  readonly environmentName: string;
  readonly environment: Environment;
  readonly settings: Settings;
  readonly names: DeliveryNames;
  readonly deploymentConfigName: string;
  readonly region: string;
  /** The environment's account. */
  readonly accountId: string;
  /** Whether that is another than the shared one, so that both sides must let a role in. */
  readonly crossesAccounts: boolean;
  readonly shared: SharedSide;
}

/** What an environment must know of the shared account before anything exists there. */
export interface SharedSide {
  readonly accountId: string;
  readonly buildRoleArn: string;
  readonly pipelineRoleArn: string;
  readonly artifactBucketArn: string;
}

/** @throws Error when the configuration has no such service or environment. */
export function deliveryOf(config: Config, environmentName: string, serviceName: string): Delivery {
  const service = config.services[serviceName];
  const environment = config.environments[environmentName];
  const account = config.accounts[environment?.account ?? environmentName];
  const shared = config.accounts.shared;
  if (!service || !environment || !account || !shared)
    throw new Error(
      `no delivery of "${serviceName}" to "${environmentName}": the configuration was not checked`,
    );

  const settings = settingsOf(service, environmentName);
  const names = deliveryNames(config, environmentName, serviceName);
  return {
    serviceName,
    service,
    environmentName,
    environment,
    settings,
    names,
    deploymentConfigName: deploymentConfigName(settings.deployment.config, names.deploymentGroup),
    region: config.region,
    accountId: account.id,
    crossesAccounts: account.id !== shared.id,
    shared: {
      accountId: shared.id,
      buildRoleArn: roleArn(shared.id, names.buildRole, SERVICE_ROLE_PATH),
      pipelineRoleArn: roleArn(shared.id, names.pipelineRole, SERVICE_ROLE_PATH),
      artifactBucketArn: bucketArn(names.artifactBucket),
    },
  };
}
