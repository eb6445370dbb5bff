import type { Agent } from "node:http";
import type { Document } from "../../../reconcile/documents";
import type { TargetGroup } from "../table/table";

export type HealthState = "initial" | "healthy" | "unhealthy" | "draining" | "unused";

/** What DescribeTargetHealth says of a target. */
export interface Health {
  readonly state: HealthState;
  readonly reason?: string | null;
  readonly description?: string | null;
}

/** The kind of the documents of targets; see `src/local/moto/releases/elbv2.py`. */
export const TARGET_HEALTH = "elbv2-target-health";

export interface TargetDocument extends Health {
  readonly targetGroupArn: string;
  readonly targetId: string;
  readonly port: number;
  /** Epoch seconds. */
  readonly drainingSince?: number | null;
}

/** Where a target can be reached on this machine. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The address on this machine of a port of a network interface; undefined if no task here has it. It must not wait. */
export type Reachable = (ip: string, port: number) => Address | undefined;

/** A target as the load balancer has it in mind. */
export interface Target {
  document: Document<TargetDocument>;
  /** Ahead of the document until it is written. */
  health: Health;
  address: Address | undefined;
  /** Where it is now. */
  readonly locate: () => Address | undefined;
  /** When its first health check was due, in milliseconds since the epoch. */
  since: number;
  /** Checks of the same result that followed each other. */
  streak: number;
  /** Requests without the end of a response. */
  inFlight: number;
  readonly agent: Agent;
  /** The value of a cookie that binds a client to it. */
  readonly cookie: string;
}

/** A target group with its targets, by the ids of their documents. */
export interface Group {
  settings: TargetGroup;
  readonly targets: Map<string, Target>;
  /** Counts the requests, for the next target of the round. */
  turn: number;
}
