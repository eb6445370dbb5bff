import {
  DescribeTaskDefinitionCommand,
  type Service,
  type Task,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { ListPipelineExecutionsCommand, type PipelineExecutionSummary } from "@aws-sdk/client-codepipeline";
import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import { DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ImageDetail } from "@aws-sdk/client-ecr";
import type { DeliveryClients, EnvironmentClients } from "../../aws/delivery-clients";
import { weightsOf } from "../../aws/traffic-weights";
import type { Delivery } from "../../system/system";
import { readCommit, type Commit } from "./commit";
import type { EnvironmentState } from "./environment";
import { ifPresent } from "./if-present";
import { commitIn, imageOf, ownImage, readImage, type OwnImage } from "./images";

/** One of a service's two target groups. */
export interface Group {
  readonly color: "blue" | "green";
  /** Empty if there is no such group. */
  readonly arn: string;
  /** Percent of the production traffic. */
  readonly weight: number;
  /** Targets, of the group of the PRIMARY task set; 0 for the other, whose health is not read. */
  readonly healthy: number;
}

/** What AWS has of a delivery. */
export interface DeliveryState {
  /** Undefined if the environment has no such service. */
  readonly service?: Service;
  /** Tasks of the service that have not been stopped. */
  readonly tasks: readonly Task[];
  readonly groups: readonly [Group, Group];
  /** The task definition of the PRIMARY task set. */
  readonly taskDefinition?: TaskDefinition;
  /** That task definition's image. Undefined for the placeholder. */
  readonly own?: OwnImage;
  /** Undefined if ECR does not have that image. */
  readonly image?: ImageDetail;
  readonly commit?: Commit;
  /** Newest first; undefined if there is no pipeline. */
  readonly executions?: readonly PipelineExecutionSummary[];
  /** Newest first. */
  readonly deployments: readonly DeploymentInfo[];
}

/** The task set that ECS considers the service's current one. ECS describes a deleted service for a while. */
export const primaryOf = (service: Service | undefined) =>
  service?.status === "INACTIVE" ? undefined : service?.taskSets?.find(({ status }) => status === "PRIMARY");

const targetGroupOf = (primary: ReturnType<typeof primaryOf>) => primary?.loadBalancers?.[0]?.targetGroupArn;

/** The target group of that task set. */
export function primaryGroupOf({
  groups,
  service,
}: Pick<DeliveryState, "groups" | "service">): Group | undefined {
  const arn = targetGroupOf(primaryOf(service));
  return groups.find((group) => group.arn !== "" && group.arn === arn);
}

/** Reads a delivery. What does not exist is left out. */
export async function readDelivery(
  clients: DeliveryClients,
  delivery: Delivery,
  environment: EnvironmentState,
): Promise<DeliveryState> {
  const { names } = delivery;
  const service = environment.services.get(names.service);
  const primary = primaryOf(service);
  const [groups, running, executions] = await Promise.all([
    readGroups(clients.environment, delivery, environment, targetGroupOf(primary)),
    primary?.taskDefinition === undefined
      ? undefined
      : readRunning(clients.environment, delivery, primary.taskDefinition),
    readExecutions(clients, delivery),
  ]);
  const commit = running?.image && commitIn(running.image);
  return {
    service,
    tasks: environment.tasks.filter(({ group }) => group === `service:${names.service}`),
    groups,
    ...running,
    commit:
      commit === undefined ? undefined : await readCommit(clients.shared, delivery, commit, executions ?? []),
    executions,
    deployments: environment.deployments.get(names.deploymentGroup) ?? [],
  };
}

async function readGroups(
  { elb }: EnvironmentClients,
  { names }: Delivery,
  { rules, targetGroups }: EnvironmentState,
  primary: string | undefined,
): Promise<[Group, Group]> {
  const blue = targetGroups.get(names.blueTargetGroup) ?? "";
  const green = targetGroups.get(names.greenTargetGroup) ?? "";
  const [blueWeight, greenWeight] = weightsOf(rules, [blue, green]);
  const found = [blue, green].some((arn) => arn !== "" && arn === primary)
    ? await ifPresent(elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: primary })))
    : undefined;
  const healthy = (found?.TargetHealthDescriptions ?? []).filter(
    ({ TargetHealth }) => TargetHealth?.State === "healthy",
  ).length;
  const group = (color: Group["color"], arn: string, weight: number): Group => ({
    color,
    arn,
    weight,
    healthy: arn === primary ? healthy : 0,
  });
  return [group("blue", blue, blueWeight), group("green", green, greenWeight)];
}

async function readRunning(clients: EnvironmentClients, delivery: Delivery, taskDefinitionArn: string) {
  const { taskDefinition } = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinitionArn }),
  );
  const own = taskDefinition && ownImage(delivery, imageOf(delivery, taskDefinition));
  const image = own && (await readImage(clients, delivery, own));
  return { taskDefinition, own, image };
}

/** The executions of a delivery's pipeline, the newest first; undefined if there is no pipeline. */
export async function readExecutions({ shared }: DeliveryClients, { names }: Delivery) {
  const found = await ifPresent(
    shared.codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName: names.pipeline })),
  );
  return found?.pipelineExecutionSummaries;
}
