import type { Delivery } from "../../system/system";
import { isInFlight, isRollback } from "../read/deployments";
import { primaryGroupOf, primaryOf, type DeliveryState } from "../read/delivery";
import { alarmsOf } from "../read/alarms";
import type { EnvironmentState } from "../read/environment";
import { imageOf } from "../read/images";
import { runningDigests, shortDigest } from "./digests";
import { driftOf } from "./drift";

/** What a person should know of a delivery. */
export interface Flag {
  readonly kind:
    | "unreadable"
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
  readonly deploying: boolean;
}) => string | undefined;

/** One check of each kind. During a deployment there are two versions, and the traffic moves. */
const CHECKS: Readonly<Record<Exclude<Flag["kind"], "unreadable">, Check>> = {
  incomplete: ({ delivery: { names }, state: { executions, groups, service } }) => {
    const missing = [
      ...(service === undefined ? [`the ECS service ${names.service}`] : []),
      ...(executions === undefined ? [`the pipeline ${names.pipeline}`] : []),
      ...groups.flatMap(({ arn, color }) => (arn === "" ? [`the target group ${color}`] : [])),
    ];
    return missing.length === 0 ? undefined : `AWS does not have ${missing.join(", ")}: deploy the stacks`;
  },
  "mixed-digests": ({ delivery, deploying, state }) => {
    const digests = runningDigests(delivery, state.tasks);
    if (deploying || digests.length < 2) return undefined;
    return `tasks run ${digests.length} images (${digests.map(shortDigest).join(", ")}), and no deployment is in flight`;
  },
  "image-gone": ({ delivery, state: { image, own, taskDefinition } }) =>
    own === undefined || image !== undefined
      ? undefined
      : `ECR no longer has the image ${imageOf(delivery, taskDefinition ?? {})}: a task that stops cannot be replaced`,
  drift: ({ delivery, state: { own, taskDefinition } }) => {
    if (taskDefinition === undefined || own === undefined) return undefined;
    const drift = driftOf(delivery, taskDefinition);
    if (drift.length === 0) return undefined;
    return `the running task definition differs from this configuration (${drift.join(", ")}): the next release from the pipeline carries it, unless the repository has a taskdef.json of its own`;
  },
  tasks: ({ deploying, state }) => {
    const desired = primaryOf(state.service)?.computedDesiredCount;
    const healthy = primaryGroupOf(state)?.healthy ?? 0;
    if (desired === undefined || deploying || healthy >= desired) return undefined;
    return `${healthy} of ${desired} tasks are healthy`;
  },
  traffic: ({ deploying, state }) => {
    const { groups } = state;
    const own = primaryGroupOf(state);
    if (own === undefined || deploying || own.weight === 100) return undefined;
    const shares = groups
      .filter(({ weight }) => weight > 0)
      .map(({ color, weight }) => `${weight} % to ${color}`);
    const rest = 100 - groups.reduce((sum, { weight }) => sum + weight, 0);
    if (rest === 100) return "no rule of the production listener forwards to its target groups";
    const others = rest > 0 ? [`${rest} % to a target group of others`] : [];
    return `the traffic goes ${[...shares, ...others].join(", ")}, and the current version is ${own.color}`;
  },
  alarm: ({ delivery, environment: { alarms } }) => {
    const names = alarmsOf(delivery);
    const on = names.filter((name) => alarms.get(name)?.StateValue === "ALARM");
    const missing = names.filter((name) => !alarms.has(name));
    const sentences = [
      ...(on.length === 0
        ? []
        : [`${on.join(", ")} in ALARM: a deployment would be stopped, unless it has --ignore-alarms`]),
      ...(missing.length === 0
        ? []
        : [`CloudWatch does not have ${missing.join(", ")}, which should stop deployments`]),
    ];
    return sentences.length === 0 ? undefined : sentences.join("; ");
  },
  failed: ({ delivery: { environment, service }, deploying, state: { deployments, executions = [] } }) => {
    const [execution] = executions.filter(({ trigger }) => trigger?.triggerType !== "CreatePipeline");
    const release = deployments.find((one) => !isRollback(one));
    const place = `${service.name} ${environment.name}`;
    if (deploying) return undefined;
    // A release without the pipeline, after its last execution.
    if (release && (release.createTime ?? 0) > (execution?.lastUpdateTime ?? 0))
      return release.status === "Succeeded"
        ? undefined
        : `the deployment ${release.deploymentId ?? ""} ended as ${release.status ?? "unknown"}; to see why: npx codeseries why ${place} --execution ${release.deploymentId ?? ""}`;
    return execution?.status === "Failed"
      ? `the last execution of the pipeline failed, or was rejected; to see why: npx codeseries why ${place}`
      : undefined;
  },
  "scaling-suspended": ({ delivery: { names }, deploying, environment }) => {
    const target = environment.scalableTargets.get(`service/${names.cluster}/${names.service}`);
    const { DynamicScalingInSuspended = false, DynamicScalingOutSuspended = false } =
      target?.SuspendedState ?? {};
    if (deploying || (!DynamicScalingInSuspended && !DynamicScalingOutSuspended)) return undefined;
    return "scaling is suspended, and no deployment is in flight: it resumes within an hour";
  },
};

export function flagsOf(delivery: Delivery, environment: EnvironmentState, state: DeliveryState): Flag[] {
  const deploying = state.deployments.some(isInFlight);
  return Object.entries(CHECKS).flatMap(([kind, check]) => {
    const text = check({ delivery, environment, state, deploying });
    return text === undefined ? [] : [{ kind: kind as Flag["kind"], text }];
  });
}
