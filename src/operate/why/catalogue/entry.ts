import type { Condition } from "../judge/conditions";

/** The part of a release in which a failure shows. */
export type Stage =
  | "source"
  | "artifact"
  | "build"
  | "approval"
  | "pipeline"
  | "deploy-action"
  | "codedeploy"
  | "ecs-task"
  | "ecs-service"
  | "load-balancer";

/**
 * What an entry says about a release.
 *
 * - `cause`: why it failed.
 * - `effect`: why it failed, unless the evidence has the cause of it.
 * - `pointer`: where the cause is.
 * - `hint`: AWS gives no text by which it could be told; named only if nothing else is known.
 * - `outcome`: what became of the deployment.
 * - `state`: why a release that did not fail is where it is.
 * - `normal`: looks like a failure, and is none.
 */
export type Role = "cause" | "effect" | "pointer" | "hint" | "outcome" | "state" | "normal";

/** How sure an answer is. */
export type Certainty = "certain" | "likely" | "one of several";

/** A text in a response of AWS. */
export interface Signal {
  /** Such as `ecs:DescribeTasks`. */
  readonly api: string;
  /** Such as `tasks[].stoppedReason`. */
  readonly field: string;
  /** A regular expression that is searched in the field; its groups can be named in the cause. */
  readonly pattern: string;
  /** A text that the pattern finds, with the account ids of an example. */
  readonly sample: string;
}

/** One way in which a release fails. */
export interface Entry {
  readonly id: string;
  readonly stage: Stage;
  readonly role: Role;
  /** One sentence; `{group}` is a group of the patterns, `{group|else}` has a text for a group that is missing. */
  readonly cause: string;
  /** What can be behind it, if AWS has one text for several causes. */
  readonly possible: readonly string[];
  /** Whether every signal must be found, or one of them. */
  readonly match: "all" | "any";
  readonly signals: readonly Signal[];
  /** What must also hold, as far as the evidence tells. */
  readonly when?: Condition;
  /** Entries that the same texts can mean. */
  readonly alike: readonly string[];
  /** Entries that are less precise than this one. */
  readonly over: readonly string[];
  /** The calls that tell the cause from others that look alike. */
  readonly confirm: readonly string[];
  readonly remedy: string;
  /** Whether the text was read in AWS's documentation or in a report, and is not remembered. */
  readonly seen: boolean;
  readonly sure?: Certainty;
  /** What people take it for. */
  readonly misleading?: string;
}
