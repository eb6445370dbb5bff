import {
  paginateDescribeScalableTargets,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import type { CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  paginateListTasks,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  paginateDescribeRules,
  paginateDescribeTargetGroups,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import { productionPortOf } from "../../system/parts";
import type { Delivery, Environment } from "../../system/system";
import { alarmsOf, readAlarms } from "./alarms";
import { readDeploymentsOf, type DeploymentsByGroup } from "./deployments";
import { allOf, ifPresent, pieces } from "./if-present";

/** What an environment has once for all of its services, by name. */
export interface EnvironmentState {
  /** Rules of the production listener; none if there is no load balancer. */
  readonly rules: readonly Rule[];
  /** ARNs of target groups. */
  readonly targetGroups: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, Service>;
  /** Tasks of the cluster that have not been stopped. */
  readonly tasks: readonly Task[];
  readonly alarms: ReadonlyMap<string, CompositeAlarm | MetricAlarm>;
  readonly deployments: DeploymentsByGroup;
  /** By `service/<cluster>/<service>`. */
  readonly scalableTargets: ReadonlyMap<string, ScalableTarget>;
}

/** Limits of one call: DescribeServices, DescribeTasks. */
const SERVICES = 10;
const TASKS = 100;

const byName = <Item>(items: readonly Item[], nameOf: (item: Item) => string | undefined) =>
  new Map(items.map((item) => [nameOf(item) ?? "", item]));

/** Reads an environment for some of its deliveries. What does not exist is left out. */
export async function readEnvironment(
  clients: EnvironmentClients,
  environment: Environment,
  deliveries: readonly Delivery[],
): Promise<EnvironmentState> {
  const { cluster } = environment.names;
  const resourceIds = deliveries
    .filter(({ settings }) => settings.scaling !== undefined)
    .map(({ names }) => `service/${cluster}/${names.service}`);
  const [balancer, services, tasks, alarms, deployments, targets] = await Promise.all([
    readLoadBalancer(clients, environment),
    readServices(
      clients,
      cluster,
      deliveries.map(({ names }) => names.service),
    ),
    readTasks(clients, cluster),
    readAlarms(clients, deliveries.flatMap(alarmsOf)),
    readDeploymentsOf(clients, deliveries),
    resourceIds.length === 0 ? [] : readScalableTargets(clients, resourceIds),
  ]);
  return {
    ...balancer,
    services: byName(services, ({ serviceName }) => serviceName),
    tasks,
    alarms: byName(alarms, ({ AlarmName }) => AlarmName),
    deployments,
    scalableTargets: byName(targets, ({ ResourceId }) => ResourceId),
  };
}

export async function readLoadBalancer(
  { elb }: EnvironmentClients,
  environment: Environment,
): Promise<Pick<EnvironmentState, "rules" | "targetGroups">> {
  const found = await ifPresent(
    elb.send(new DescribeLoadBalancersCommand({ Names: [environment.names.loadBalancer] })),
  );
  const LoadBalancerArn = found?.LoadBalancers?.[0]?.LoadBalancerArn;
  if (LoadBalancerArn === undefined) return { rules: [], targetGroups: new Map() };
  const [{ Listeners = [] }, groups] = await Promise.all([
    elb.send(new DescribeListenersCommand({ LoadBalancerArn })),
    allOf(paginateDescribeTargetGroups({ client: elb }, { LoadBalancerArn }), (page) => page.TargetGroups),
  ]);
  const ListenerArn = Listeners.find(({ Port }) => Port === productionPortOf(environment))?.ListenerArn;
  const rules =
    ListenerArn === undefined
      ? []
      : await allOf(paginateDescribeRules({ client: elb }, { ListenerArn }), (page) => page.Rules);
  const arns = groups.map((one) => [one.TargetGroupName ?? "", one.TargetGroupArn ?? ""] as const);
  return { rules, targetGroups: new Map(arns) };
}

async function readServices({ ecs }: EnvironmentClients, cluster: string, names: readonly string[]) {
  const read = pieces(names, SERVICES).map((services) =>
    ifPresent(ecs.send(new DescribeServicesCommand({ cluster, services }))),
  );
  const found = (await Promise.all(read)).flatMap((answer) => answer?.services ?? []);
  return found.filter(({ status }) => status !== "INACTIVE");
}

async function readTasks({ ecs }: EnvironmentClients, cluster: string) {
  const arns = await ifPresent(
    allOf(paginateListTasks({ client: ecs }, { cluster }), ({ taskArns }) => taskArns),
  );
  const read = pieces(arns ?? [], TASKS).map((tasks) =>
    ecs.send(new DescribeTasksCommand({ cluster, tasks })),
  );
  return (await Promise.all(read)).flatMap(({ tasks = [] }) => tasks);
}

const readScalableTargets = ({ autoscaling }: EnvironmentClients, resourceIds: string[]) =>
  allOf(
    paginateDescribeScalableTargets(
      { client: autoscaling },
      { ServiceNamespace: "ecs", ResourceIds: resourceIds, ScalableDimension: "ecs:service:DesiredCount" },
    ),
    ({ ScalableTargets }) => ScalableTargets,
  );
