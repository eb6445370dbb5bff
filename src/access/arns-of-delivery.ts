import { bucketArn, buildProjectArn, logGroupArn, roleArn, SERVICE_ROLE_PATH } from "../naming/arns";
import type { DeliveryNames } from "../naming/names";

/** Where a delivery starts and where it ends. */
export interface Ends {
  readonly region: string;
  /** Account ids: of the pipeline, and of the environment. */
  readonly shared: string;
  readonly account: string;
}

/** ARNs of what one delivery is made of, from its names. */
export type DeliveryArns = ReturnType<typeof arnsOfDelivery>;

/**
 * The ARNs of one delivery. Where AWS chooses an id (a task set, a listener, a log stream), one of the
 * right form stands in for any.
 */
export function arnsOfDelivery(names: DeliveryNames, { account, region, shared }: Ends) {
  const inShared = { accountId: shared, region };
  const here = { accountId: account, region };
  const own = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const sharedOwn = (service: string, resource: string) =>
    `arn:aws:${service}:${region}:${shared}:${resource}`;
  const loadBalancer = `${names.loadBalancer}/0123456789abcdef`;
  const ecsService = `${names.cluster}/${names.service}`;
  return {
    roles: {
      trigger: roleArn(shared, names.triggerRole, SERVICE_ROLE_PATH),
      pipeline: roleArn(shared, names.pipelineRole, SERVICE_ROLE_PATH),
      build: roleArn(shared, names.buildRole, SERVICE_ROLE_PATH),
      push: roleArn(account, names.pushRole),
      deploy: roleArn(account, names.deployRole),
      codeDeploy: roleArn(account, names.codeDeployRole),
      execution: roleArn(account, names.executionRole),
      task: roleArn(account, names.taskRole),
    },
    developerPolicy: `arn:aws:iam::${shared}:policy/${names.developerPolicy}`,
    repository: sharedOwn("codecommit", names.repository),
    rule: sharedOwn("events", `rule/${names.triggerRule}`),
    pipeline: sharedOwn("codepipeline", names.pipeline),
    project: buildProjectArn(inShared, names.buildProject),
    buildLogs: logGroupArn(inShared, names.buildLogGroup),
    bucket: bucketArn(names.artifactBucket),
    images: own("ecr", `repository/${names.containerRepository}`),
    application: own("codedeploy", `application:${names.codeDeployApplication}`),
    deploymentGroup: own(
      "codedeploy",
      `deploymentgroup:${names.codeDeployApplication}/${names.deploymentGroup}`,
    ),
    taskDefinition: own("ecs", `task-definition/${names.taskFamily}:1`),
    ecsService: own("ecs", `service/${ecsService}`),
    taskSet: own("ecs", `task-set/${ecsService}/ecs-svc/1234567890123456789`),
    task: own("ecs", `task/${names.cluster}/0123456789abcdef0123456789abcdef`),
    listener: own("elasticloadbalancing", `listener/app/${loadBalancer}/0123456789abcdef`),
    listenerRule: own(
      "elasticloadbalancing",
      `listener-rule/app/${loadBalancer}/0123456789abcdef/0123456789abcdef`,
    ),
    serviceLogs: logGroupArn(here, names.serviceLogGroup),
  };
}
