import { deliveryArns } from "../system/arns";
import type { DeliveryNames } from "../system/names";

/** Where a delivery starts and where it ends. */
export interface Ends {
  readonly region: string;
  readonly shared: string;
  readonly account: string;
}

export type DeliveryArns = ReturnType<typeof arnsOfDelivery>;

export function arnsOfDelivery(names: DeliveryNames, { account, region, shared }: Ends) {
  const arns = deliveryArns(names, { accountId: shared, region }, { accountId: account, region }, "");
  const own = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const loadBalancer = `${names.loadBalancer}/0123456789abcdef`;
  return {
    roles: arns.roles,
    developerPolicy: arns.developerPolicy,
    repository: arns.repository,
    rule: arns.triggerRule,
    pipeline: arns.pipeline,
    project: arns.buildProject,
    buildLogs: arns.buildLogGroup,
    bucket: arns.artifactBucket,
    images: arns.containerRepository,
    application: arns.application,
    deploymentGroup: arns.deploymentGroup,
    taskDefinition: `${arns.taskDefinition}:1`,
    ecsService: arns.ecsService,
    taskSet: `${arns.ecsService.replace(":service/", ":task-set/")}/ecs-svc/1234567890123456789`,
    task: own("ecs", `task/${names.cluster}/0123456789abcdef0123456789abcdef`),
    listener: own("elasticloadbalancing", `listener/app/${loadBalancer}/0123456789abcdef`),
    listenerRule: own(
      "elasticloadbalancing",
      `listener-rule/app/${loadBalancer}/0123456789abcdef/0123456789abcdef`,
    ),
    serviceLogs: arns.serviceLogGroup,
  };
}
