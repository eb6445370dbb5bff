import {
  CodePipelineClient,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { DescribeServicesCommand, ECSClient, type TaskSet } from "@aws-sdk/client-ecs";
import {
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Delivery } from "../../system/system";
import type { Embedded } from "../reconcile/embedded";
import { listenerOf, listenerPorts } from "../use/service-url";
import { weightsOf } from "../../aws/traffic-weights";

/** One of a service's target groups, with the task set behind it. */
export interface GroupState {
  readonly name: "blue" | "green";
  readonly arn: string;
  /** Percent of the production traffic. */
  readonly weight: number;
  readonly healthy: number;
  readonly targets: number;
  readonly taskSet?: {
    /** PRIMARY or ACTIVE. */
    readonly status: string;
    readonly revision: string;
    readonly running: number;
    readonly desired: number;
  };
}

/** A delivery at one moment. */
export interface Snapshot {
  readonly execution?: { readonly id: string; readonly status: string };
  readonly stages: readonly { readonly name: string; readonly status?: string }[];
  readonly groups: readonly GroupState[];
}

const taskSetOf = (taskSets: readonly TaskSet[], targetGroupArn: string): GroupState["taskSet"] => {
  const found = taskSets.find(({ loadBalancers = [] }) =>
    loadBalancers.some((one) => one.targetGroupArn === targetGroupArn),
  );
  return (
    found && {
      status: found.status ?? "",
      revision: found.taskDefinition?.split(":").at(-1) ?? "",
      running: found.runningCount ?? 0,
      desired: found.computedDesiredCount ?? 0,
    }
  );
};

/** Reads snapshots of one delivery through AWS's API. */
export async function snapshots(embedded: Embedded, delivery: Delivery): Promise<() => Promise<Snapshot>> {
  const { account, names, region, shared } = delivery;
  const there = { accountId: shared.id, region };
  const here = { accountId: account.id, region };
  const codepipeline = embedded.clients.asService(CodePipelineClient, there);
  const ecs = embedded.clients.asService(ECSClient, here);
  const elb = embedded.clients.asService(ElasticLoadBalancingV2Client, here);
  const listener = await listenerOf(embedded, delivery, listenerPorts(delivery).production);
  const groupNames = { blue: names.blueTargetGroup, green: names.greenTargetGroup };
  const { TargetGroups = [] } = await elb.send(
    new DescribeTargetGroupsCommand({ Names: Object.values(groupNames) }),
  );
  const arnOf = (name: string) =>
    TargetGroups.find((one) => one.TargetGroupName === name)?.TargetGroupArn ?? "";
  const groups = [
    { name: "blue", arn: arnOf(groupNames.blue) },
    { name: "green", arn: arnOf(groupNames.green) },
  ] as const;

  const pipelineState = async () => {
    const { pipelineExecutionSummaries: [newest] = [] } = await codepipeline.send(
      new ListPipelineExecutionsCommand({ pipelineName: names.pipeline, maxResults: 1 }),
    );
    const { stageStates = [] } = await codepipeline.send(
      new GetPipelineStateCommand({ name: names.pipeline }),
    );
    const id = newest?.pipelineExecutionId;
    const stages = stageStates.map(({ latestExecution, stageName = "" }) => ({
      name: stageName,
      status: latestExecution?.pipelineExecutionId === id ? latestExecution?.status : undefined,
    }));
    return { execution: id === undefined ? undefined : { id, status: newest?.status ?? "" }, stages };
  };

  return async () => {
    const [pipeline, { services: [service] = [] }, { Rules = [] }, ...health] = await Promise.all([
      pipelineState(),
      ecs.send(new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] })),
      elb.send(new DescribeRulesCommand({ ListenerArn: listener })),
      ...groups.map(({ arn }) => elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }))),
    ]);
    const weights = weightsOf(Rules, [groups[0].arn, groups[1].arn]);
    return {
      ...pipeline,
      groups: groups.map((group, index) => {
        const targets = health[index]?.TargetHealthDescriptions ?? [];
        return {
          ...group,
          weight: weights[index] ?? 0,
          healthy: targets.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length,
          targets: targets.length,
          taskSet: taskSetOf(service?.taskSets ?? [], group.arn),
        };
      }),
    };
  };
}
