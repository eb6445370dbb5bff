import type { LoadBalancer, NetworkConfiguration } from "@aws-sdk/client-ecs";
import type { Document } from "../../reconcile/documents";

/** The kind of the documents of services, as `src/local/moto/releases/ecs.py` has them. */
export const ECS_SERVICE = "ecs-service";

type HealthStatus = "HEALTHY" | "UNHEALTHY" | "UNKNOWN";

export interface TaskDocument {
  readonly arn: string;
  /** The id of its task set. */
  readonly startedBy: string;
  /** The ARN of its task definition. */
  readonly taskDefinition: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly stoppedReason: string | null;
  readonly address: string | null;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
  readonly healthStatus: HealthStatus;
  readonly containers: readonly { readonly name: string; readonly healthStatus: HealthStatus }[];
}

export interface TaskSetDocument {
  readonly id: string;
  readonly arn: string;
  readonly status: "PRIMARY" | "ACTIVE" | "DRAINING";
  readonly taskDefinition: string;
  readonly launchType: "FARGATE" | "EC2" | null;
  readonly networkConfiguration: NetworkConfiguration | null;
  readonly loadBalancers: readonly LoadBalancer[];
  /** Ports for health checks only, of its target groups. */
  readonly healthCheckPorts: readonly number[];
  /** The service's desired count times the scale of the task set. */
  readonly computedDesiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly stabilityStatus: "STEADY_STATE" | "STABILIZING";
}

export interface ServiceDocument {
  readonly name: string;
  /** The name of its cluster. */
  readonly cluster: string;
  readonly status: "ACTIVE" | "DRAINING" | "INACTIVE";
  readonly desiredCount: number;
  readonly healthCheckGracePeriodSeconds: number;
  /** The newest first. */
  readonly events: readonly { readonly id: string; readonly message: string }[];
  readonly taskSets: readonly TaskSetDocument[];
  readonly tasks: readonly TaskDocument[];
}

export type Service = Document<ServiceDocument>;

/** The id of a task: the last part of its ARN. */
export const taskId = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

/** Whether somebody still wants it. */
export const isWanted = ({ desiredStatus, lastStatus }: TaskDocument) =>
  desiredStatus !== "STOPPED" && lastStatus !== "STOPPED";
