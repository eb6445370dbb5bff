import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import type { PipelineExecutionSummary } from "@aws-sdk/client-codepipeline";
import type { Delivery } from "../../system/system";
import type { Commit } from "../read/commit";
import { isInFlight } from "../read/deployments";
import { primaryGroupOf, primaryOf, type DeliveryState } from "../read/delivery";
import { alarmsOf } from "../read/alarms";
import type { EnvironmentState } from "../read/environment";
import { historyOf } from "../release/history";
import { runningDigests } from "./digests";
import { flagsOf, type Flag } from "./flags";

/** A delivery at one moment, as `status --json` prints it. Times are ISO 8601. */
export interface Status {
  readonly service: string;
  readonly environment: string;
  /**
   * `absent`: not deployed. `placeholder`: deployed, and nothing has been released. `unreadable`: AWS could not be
   * read, and a flag says why.
   */
  readonly state: "absent" | "placeholder" | "released" | "unreadable";
  /** Digests of the images that the tasks run, each once, the current version's first. */
  readonly digests: readonly string[];
  readonly commit?: Commit;
  readonly taskDefinition?: string;
  readonly tasks: { readonly healthy: number; readonly running: number; readonly desired: number };
  /** Percent of the production traffic. */
  readonly traffic: { readonly blue: number; readonly green: number };
  readonly release?: Release;
  /** The last release that succeeded and was not rolled back. */
  readonly lastGood?: { readonly deployment: string; readonly time: string };
  /** Names of alarms of the deployment group, by their state. */
  readonly alarms: Readonly<Record<string, readonly string[]>>;
  readonly flags: readonly Flag[];
}

/** A release in flight. */
export interface Release {
  readonly execution?: string;
  readonly deployment?: string;
  /** Such as `Build` of the pipeline, or `AllowTraffic` of the deployment. */
  readonly step?: string;
  readonly since?: string;
}

const isoOf = (time: Date | undefined) => time?.toISOString();

/** @param step Of the release in flight. */
export function statusOf(
  delivery: Delivery,
  environment: EnvironmentState,
  state: DeliveryState,
  step?: string,
): Status {
  const { deployments, executions = [], groups, service, taskDefinition } = state;
  const primary = primaryOf(service);
  const deployment = deployments.find(isInFlight);
  const execution = executionInFlight(executions, deployment);
  const [lastGood] = historyOf(deployments).good;
  const inFlight = execution !== undefined || deployment !== undefined;
  return {
    service: delivery.service.name,
    environment: delivery.environment.name,
    state: service === undefined ? "absent" : state.own === undefined ? "placeholder" : "released",
    digests: runningDigests(delivery, state.tasks, primary?.id),
    commit: state.commit,
    taskDefinition: taskDefinition?.taskDefinitionArn,
    tasks: {
      healthy: primaryGroupOf(state)?.healthy ?? 0,
      running: primary?.runningCount ?? 0,
      desired: primary?.computedDesiredCount ?? service?.desiredCount ?? 0,
    },
    traffic: { blue: groups[0].weight, green: groups[1].weight },
    ...(inFlight && {
      release: {
        execution: execution?.pipelineExecutionId,
        deployment: deployment?.deploymentId,
        step,
        since: isoOf(execution?.startTime ?? deployment?.createTime),
      },
    }),
    ...(lastGood && {
      lastGood: {
        deployment: lastGood.deploymentId ?? "",
        time: isoOf(lastGood.completeTime ?? lastGood.createTime) ?? "",
      },
    }),
    alarms: alarmsByState(delivery, environment),
    flags: flagsOf(delivery, environment, state),
  };
}

/** The oldest execution that runs: a deployment in flight is its, if it began before. */
export function executionInFlight(
  executions: readonly PipelineExecutionSummary[],
  deployment: DeploymentInfo | undefined,
): PipelineExecutionSummary | undefined {
  const oldest = executions.filter(({ status }) => status === "InProgress" || status === "Stopping").at(-1);
  const later = (oldest?.startTime ?? 0) > (deployment?.createTime ?? Infinity);
  return later ? undefined : oldest;
}

/** The status of a delivery of which AWS could not be read. */
export const unreadable = ({ environment, service }: Delivery, why: string): Status => ({
  service: service.name,
  environment: environment.name,
  state: "unreadable",
  digests: [],
  tasks: { healthy: 0, running: 0, desired: 0 },
  traffic: { blue: 0, green: 0 },
  alarms: {},
  flags: [{ kind: "unreadable", text: why }],
});

function alarmsByState(delivery: Delivery, { alarms }: EnvironmentState): Record<string, string[]> {
  const byState: Record<string, string[]> = {};
  for (const name of alarmsOf(delivery))
    (byState[alarms.get(name)?.StateValue ?? "missing"] ??= []).push(name);
  return byState;
}
