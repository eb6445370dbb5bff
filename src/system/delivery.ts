import type { Config, ServiceConfig } from "../config/schema";
import { deliveryArns, repositoryArnOf, type DeliveryArns, type Place } from "./arns";
import type { Account, Environment, Service } from "./parts";
import { deliveryNames, deploymentConfigName, type DeliveryNames } from "./naming/names";
import { configuredPolicies, type ConfiguredPolicies } from "./grants/policies";
import { parametersIn, secretsIn, withSecretArns } from "./grants/secrets";
import { rulesOf, type RouteRule } from "./routes/rules";
import { overridesIn, settingsOf, type Settings } from "./settings";

/** A Git tag starts a pipeline, or a push to its branch that changes a file. Patterns. */
export type PushFilter = { readonly tags: readonly string[] } | { readonly paths: readonly string[] };

/** One service's delivery to one environment. */
export interface Delivery {
  readonly service: Service;
  readonly environment: Environment;
  readonly settings: Settings;
  /** Its listener rules; none for the service that is the listeners' default action. */
  readonly rules: readonly RouteRule[];
  /** A push to this branch of the service's repository is delivered. */
  readonly branch: string;
  /** What else starts the pipeline, in place of every push to the branch. */
  readonly filter?: PushFilter;
  readonly names: DeliveryNames;
  readonly arns: DeliveryArns;
  readonly region: string;
  /** The account that builds and delivers. */
  readonly shared: Account;
  /** The environment's account. */
  readonly account: Account;
  /** Whether these two differ, so that both sides must grant access. */
  readonly crossesAccounts: boolean;
  readonly deploymentConfigName: string;
  /** ARNs of what ECS gives to the tasks, each once. */
  readonly secretArns: readonly string[];
  readonly parameterArns: readonly string[];
  /** ARNs of what CodeBuild gives to the build, each once. */
  readonly buildSecretArns: readonly string[];
  readonly buildParameterArns: readonly string[];
  /** ARNs of the ECR repositories of sidecars, other than the service's own, each once. */
  readonly sidecarRepositoryArns: readonly string[];
  /** What the configuration lets the application do, and the build. */
  readonly taskPolicies: ConfiguredPolicies;
  readonly buildPolicies: ConfiguredPolicies;
  /** ARNs of the Lambda functions that test a release, each once. */
  readonly hookArns: readonly string[];
}

export function deliveryOf(
  config: Config,
  shared: Account,
  environment: Environment,
  service: Service,
  serviceConfig: ServiceConfig,
): Delivery {
  const { region } = config;
  const { account } = environment;
  const subject = { environment: environment.name, service: service.name };
  const here: Place = { accountId: account.id, region };
  const there: Place = { accountId: shared.id, region };
  const settings = withSecretArns(settingsOf(serviceConfig, environment.name), here, there);
  const names = deliveryNames(config, subject, { ...environment.names, ...service.names });
  const deploymentConfig = deploymentConfigName(settings.deployment.config, names.deploymentGroup);
  const { build, task } = settings;
  const sidecars = Object.values(task.sidecars);
  const taskSecrets = [task, ...sidecars].flatMap(({ secrets }) => Object.values(secrets));
  const arns = deliveryArns(names, there, here, deploymentConfig);
  return {
    service,
    environment,
    settings,
    rules: rulesOf(service.name, settings),
    branch: overridesIn(serviceConfig, environment.name).branch ?? environment.branch,
    filter: filterOf(environment, service),
    names,
    arns,
    region,
    shared,
    account,
    crossesAccounts: account.id !== shared.id,
    deploymentConfigName: deploymentConfig,
    secretArns: secretsIn(taskSecrets),
    parameterArns: parametersIn(taskSecrets),
    buildSecretArns: secretsIn(Object.values(build.secrets)),
    buildParameterArns: parametersIn(Object.values(build.secrets)),
    sidecarRepositoryArns: unique(sidecars.flatMap(({ image }) => repositoryArnOf(image) ?? [])).filter(
      (arn) => arn !== arns.containerRepository,
    ),
    taskPolicies: configuredPolicies(task.policies),
    buildPolicies: configuredPolicies(build.policies),
    hookArns: unique(Object.values(settings.deployment.hooks)),
  };
}

/** AWS has no filter of both: a tag has no changed files. */
function filterOf({ tags }: Environment, { source: { paths } }: Service): PushFilter | undefined {
  return tags ? { tags } : paths && { paths };
}

const unique = (values: readonly string[]) => [...new Set(values)];
