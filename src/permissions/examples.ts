import { bucketArn, regionalArn, type DeliveryArns } from "../system/arns";
import type { Delivery, Environment } from "../system/system";

const ID = "0123456789abcdef";

/** CodePipeline starts an artifact's key with the pipeline's name, cut to this many characters. */
const PIPELINE_PREFIX_LENGTH = 20;

/** ARNs of a delivery's resources whose ids or keys AWS chooses, each with an id of the right form. */
export type DeliveryExamples = ReturnType<typeof examplesOf>;

export function examplesOf(
  delivery: Pick<Delivery, "account" | "environment" | "names" | "region">,
  arns: DeliveryArns,
) {
  const { account, environment, names, region } = delivery;
  const own = (service: string, resource: string) =>
    regionalArn({ accountId: account.id, region }, service, resource);
  const loadBalancer = `app/${names.loadBalancer}/${ID}`;
  return {
    artifact: `${arns.artifactBucket}/${names.pipeline.slice(0, PIPELINE_PREFIX_LENGTH)}/BuildArtif/4xGk2Pq`,
    buildCache: `${arns.artifactBucket}/${environment.name}/cache/0123abcd`,
    buildLog: `${arns.artifactBucket}/${environment.name}/logs/0123abcd.gz`,
    buildLogStream: `${arns.buildLogGroup}:log-stream:0123abcd`,
    taskDefinitionRevision: `${arns.taskDefinition}:1`,
    taskSet: `${arns.ecsService.replace(":service/", ":task-set/")}/ecs-svc/1234567890123456789`,
    task: own("ecs", `task/${names.cluster}/${ID}${ID}`),
    taskLogStream: `${arns.serviceLogGroup}:log-stream:app/0123abcd`,
    listener: own("elasticloadbalancing", `listener/${loadBalancer}/${ID}`),
    listenerRule: own("elasticloadbalancing", `listener-rule/${loadBalancer}/${ID}/${ID}`),
  };
}

/** The same for what an environment has once. */
export function environmentExamplesOf({ account, arns, ingress, names }: Environment, region: string) {
  const own = (service: string, resource: string) =>
    regionalArn({ accountId: account.id, region }, service, resource);
  const bucket = ingress.accessLogsBucket;
  return {
    flowLog: own("ec2", `vpc-flow-log/fl-${ID}0`),
    flowLogStream: `${arns.flowLogGroup}:log-stream:eni-${ID}0-all`,
    loadBalancer: own("elasticloadbalancing", `loadbalancer/app/${names.loadBalancer}/${ID}`),
    /** Undefined without a bucket for it. */
    accessLog: bucket && `${bucketArn(bucket)}/AWSLogs/${account.id}/elasticloadbalancing/any.log.gz`,
  };
}
