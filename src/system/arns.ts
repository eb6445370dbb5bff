import type { DeliveryNames } from "./naming/names";

/** Path of the shared account's service roles, as the AWS consoles make them. */
export const SERVICE_ROLE_PATH = "/service-role/";

/** The folder of a delivery's artifact bucket that has its task definition and its AppSpec file. */
export const DELIVERY_FOLDER = "delivery";

/** An account and a region. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

const ACCOUNT_PART = 4;

/** The account id in an ARN. Empty for an ARN without one, such as a bucket's. */
export const accountOf = (arn: string) => arn.split(":")[ACCOUNT_PART] ?? "";

export const roleArn = (accountId: string, name: string, path = "/") =>
  `arn:aws:iam::${accountId}:role${path}${name}`;

export const bucketArn = (name: string) => `arn:aws:s3:::${name}`;

/** The ARN of a regional resource: `arn:aws:ecs:eu-west-1:123456789012:cluster/main`. */
export const regionalArn = ({ accountId, region }: Place, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

export const logGroupArn = (place: Place, name: string) => regionalArn(place, "logs", `log-group:${name}`);

/** The host of an account's private ECR registry. */
export const registryHost = ({ region, accountId }: Place) => `${accountId}.dkr.ecr.${region}.amazonaws.com`;

/** The private ECR repository of an image; undefined for an image of another registry. */
export function repositoryArnOf(image: string): string | undefined {
  const [, accountId, region, repository] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/.exec(image) ?? [];
  if (accountId === undefined || region === undefined || repository === undefined) return undefined;
  return regionalArn({ accountId, region }, "ecr", `repository/${repository}`);
}

/** The managed policy that a reference means: an ARN as it is, or a name in the given account. */
export const managedPolicyArn = (accountId: string, reference: string) =>
  reference.startsWith("arn:") ? reference : `arn:aws:iam::${accountId}:policy/${reference}`;

/** The role that a reference means: an ARN as it is, or a name in the given account. */
export const assumedRoleArn = (accountId: string, reference: string) =>
  reference.startsWith("arn:") ? reference : roleArn(accountId, reference);

/** ARNs of a delivery's resources. Resources with an id that AWS chooses are not among them. */
export type DeliveryArns = ReturnType<typeof deliveryArns>;

/** @param here The environment's account. */
export function deliveryArns(names: DeliveryNames, shared: Place, here: Place, deploymentConfig: string) {
  const inShared = (service: string, resource: string) => regionalArn(shared, service, resource);
  const own = (service: string, resource: string) => regionalArn(here, service, resource);
  const serviceRole = (name: string) => roleArn(shared.accountId, name, SERVICE_ROLE_PATH);
  const role = (name: string) => roleArn(here.accountId, name);
  const { codeDeployApplication: application, deploymentGroup } = names;
  return {
    roles: {
      trigger: serviceRole(names.triggerRole),
      pipeline: serviceRole(names.pipelineRole),
      build: serviceRole(names.buildRole),
      push: role(names.pushRole),
      deploy: role(names.deployRole),
      codeDeploy: role(names.codeDeployRole),
      execution: role(names.executionRole),
      task: role(names.taskRole),
    },
    developerPolicy: `arn:aws:iam::${shared.accountId}:policy/${names.developerPolicy}`,
    repository: inShared("codecommit", names.repository),
    triggerRule: inShared("events", `rule/${names.triggerRule}`),
    pipeline: inShared("codepipeline", names.pipeline),
    buildProject: inShared("codebuild", `project/${names.buildProject}`),
    buildLogGroup: logGroupArn(shared, names.buildLogGroup),
    reportGroup: inShared("codebuild", `report-group/${names.buildProject}-tests`),
    artifactBucket: bucketArn(names.artifactBucket),
    deliveryFiles: `${bucketArn(names.artifactBucket)}/${DELIVERY_FOLDER}`,
    containerRepository: own("ecr", `repository/${names.containerRepository}`),
    application: own("codedeploy", `application:${application}`),
    deploymentGroup: own("codedeploy", `deploymentgroup:${application}/${deploymentGroup}`),
    deploymentConfig: own("codedeploy", `deploymentconfig:${deploymentConfig}`),
    cluster: own("ecs", `cluster/${names.cluster}`),
    ecsService: own("ecs", `service/${names.cluster}/${names.service}`),
    /** Without the revision. */
    taskDefinition: own("ecs", `task-definition/${names.taskFamily}`),
    serviceLogGroup: logGroupArn(here, names.serviceLogGroup),
  };
}
