import type { Delivery } from "../../system/system";
import { primaryOf, type DeliveryState } from "../read/delivery";
import { alarmsOf, type EnvironmentState } from "../read/environment";
import { runningDigests, shortDigest } from "./digests";
import { driftOf } from "./drift";

/** What a person should know of a delivery. */
export interface Flag {
  readonly kind:
    | "incomplete"
    | "mixed-digests"
    | "image-gone"
    | "drift"
    | "tasks"
    | "traffic"
    | "alarm"
    | "failed"
    | "scaling-suspended";
  /** One sentence. */
  readonly text: string;
}

type Check = (context: {
  readonly delivery: Delivery;
  readonly environment: EnvironmentState;
  readonly state: DeliveryState;
  readonly inFlight: boolean;
}) => string | undefined;

/** One check of each kind. A release in flight has two versions, and its traffic moves. */
const CHECKS: Readonly<Record<Flag["kind"], Check>> = {
  incomplete: ({ delivery: { names }, state: { executions, groups, service } }) => {
    const missing = [
      ...(service === undefined ? [`the ECS service ${names.service}`] : []),
      ...(executions === undefined ? [`the pipeline ${names.pipeline}`] : []),
      ...groups.flatMap(({ arn, color }) => (arn === "" ? [`the target group ${color}`] : [])),
    ];
    return missing.length === 0 ? undefined : `AWS does not have ${missing.join(", ")}: deploy the stacks`;
  },
  "mixed-digests": ({ delivery, inFlight, state }) => {
    const digests = runningDigests(delivery, state.tasks);
    if (inFlight || digests.length < 2) return undefined;
    return `tasks run ${digests.length} images (${digests.map(shortDigest).join(", ")}), and no release is in flight`;
  },
  "image-gone": ({ delivery: { names }, state: { digest, image } }) =>
    digest === undefined || image !== undefined
      ? undefined
      : `ECR no longer has the image ${shortDigest(digest)} in ${names.containerRepository}: a task that stops cannot be replaced`,
  drift: ({ delivery, state: { digest, taskDefinition } }) => {
    if (taskDefinition === undefined || digest === undefined) return undefined;
    const drift = driftOf(delivery, taskDefinition);
    if (drift.length === 0) return undefined;
    return `the running task definition differs from the configuration (${drift.join(", ")}): the next release from the pipeline carries it, unless the repository has a taskdef.json of its own`;
  },
  tasks: ({ inFlight, state: { groups, service } }) => {
    const desired = primaryOf(service)?.computedDesiredCount;
    const healthy = groups.reduce((sum, group) => sum + (group.weight > 0 ? group.healthy : 0), 0);
    if (desired === undefined || inFlight || healthy >= desired) return undefined;
    return `${healthy} of ${desired} tasks are healthy`;
  },
  traffic: ({ inFlight, state: { groups, service } }) => {
    const primary = primaryOf(service)?.loadBalancers?.[0]?.targetGroupArn;
    const others = groups.filter(({ arn, weight }) => weight > 0 && arn !== primary);
    if (primary === undefined || inFlight || others.length === 0) return undefined;
    return `${others.map(({ color, weight }) => `${weight} % of the traffic goes to ${color}`).join(", ")}, which is not the current version's group`;
  },
  alarm: ({ delivery, environment }) => {
    const names = alarmsOf(delivery).filter((name) => environment.alarms.get(name)?.StateValue === "ALARM");
    return names.length === 0
      ? undefined
      : `${names.join(", ")} in ALARM: a deployment would be stopped, unless codeseries release has --ignore-alarms`;
  },
  failed: ({ delivery: { environment, service }, inFlight, state: { deployments, executions = [] } }) => {
    const [newest] = executions;
    const [deployment] = deployments;
    if (inFlight || newest?.status !== "Failed" || newest.trigger?.triggerType === "CreatePipeline")
      return undefined;
    const since = newest.lastUpdateTime ?? new Date(0);
    // A rollback or a release after it, without the pipeline.
    if (deployment?.status === "Succeeded" && (deployment.createTime ?? since) > since) return undefined;
    return `the last release failed; to see why: npx codeseries why ${service.name} ${environment.name}`;
  },
  "scaling-suspended": ({ delivery: { names }, environment, inFlight }) => {
    const target = environment.scalableTargets.get(`service/${names.cluster}/${names.service}`);
    const { DynamicScalingInSuspended = false, DynamicScalingOutSuspended = false } =
      target?.SuspendedState ?? {};
    if (inFlight || (!DynamicScalingInSuspended && !DynamicScalingOutSuspended)) return undefined;
    return "scaling is suspended, and no release is in flight: it resumes within an hour";
  },
};

export function flagsOf(
  delivery: Delivery,
  environment: EnvironmentState,
  state: DeliveryState,
  inFlight: boolean,
): Flag[] {
  return Object.entries(CHECKS).flatMap(([kind, check]) => {
    const text = check({ delivery, environment, state, inFlight });
    return text === undefined ? [] : [{ kind: kind as Flag["kind"], text }];
  });
}
