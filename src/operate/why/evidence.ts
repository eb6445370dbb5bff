import type { Build } from "@aws-sdk/client-codebuild";
import type { DeploymentInfo, ECSTarget } from "@aws-sdk/client-codedeploy";
import type {
  ActionExecutionDetail,
  PipelineExecutionSummary,
  StageState,
} from "@aws-sdk/client-codepipeline";
import type { Service, Task, TaskSet } from "@aws-sdk/client-ecs";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";

/** Which part of a release the evidence is about. */
export type Step = "source" | "build" | "approval" | "deploy" | "pipeline";

/** Lines of a log, oldest first. */
export interface Log {
  readonly group: string;
  readonly stream: string;
  readonly lines: readonly string[];
}

/** An alarm that CodeDeploy obeys. */
export interface Alarm {
  readonly name: string;
  readonly metrics: readonly string[];
  /** Such as `TargetGroup: targetgroup/blue/1c38bf81f6e9e283`, of all of its metrics. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** When it went to ALARM, newest first; with what CloudWatch says about it. */
  readonly raised: readonly { readonly at: Date; readonly reason: string }[];
}

/** Where production traffic goes. */
export interface Production {
  /** Percent of the production traffic, by the name of the target group. */
  readonly weights: Readonly<Record<string, number>>;
  /** The target group of each task set, by the task set's id. */
  readonly groups: Readonly<Record<string, string>>;
  readonly taskSets: readonly TaskSet[];
  /** The health of the targets of the group that serves. */
  readonly targets: readonly TargetHealthDescription[];
}

/** What AWS says about one release. Everything may be missing: see `unread` for what could not be read. */
export interface Evidence {
  readonly pipeline: string;
  /** The execution of the pipeline; undefined if there is none. */
  readonly execution?: PipelineExecutionSummary;
  /** Other executions, newest first. */
  readonly others: readonly PipelineExecutionSummary[];
  /** When the pipeline was created, and its stages. The stages are those of the newest execution. */
  readonly created?: Date;
  readonly stages: readonly StageState[];
  /** Oldest first. */
  readonly actions: readonly ActionExecutionDetail[];
  /** The first action that failed, in its last attempt; else the one that runs or was abandoned. */
  readonly action?: ActionExecutionDetail;
  readonly build?: Build;
  readonly buildLog?: Log;
  readonly deployment?: DeploymentInfo;
  readonly target?: ECSTarget;
  readonly service?: Service;
  /** The task set of the deployment. */
  readonly taskSet?: TaskSet;
  /** Tasks of that task set which stopped. */
  readonly tasks: readonly Task[];
  /** Where the stopped tasks were read: ECS forgets them after about an hour. */
  readonly tasksFrom?: "ECS" | "kept events";
  /** Of the target group of that task set. */
  readonly targets: readonly TargetHealthDescription[];
  readonly taskLog?: Log;
  readonly alarms: readonly Alarm[];
  /** When the number of tasks was scaled. */
  readonly scaled: readonly Date[];
  /** The deployment that rolled `deployment` back. */
  readonly rollback?: DeploymentInfo;
  readonly production?: Production;
  /** Calls that failed, with the reason. */
  readonly unread: readonly string[];
}

/** Evidence of which nothing but the pipeline is known. */
export const noEvidence = (pipeline: string): Evidence => ({
  pipeline,
  others: [],
  stages: [],
  actions: [],
  tasks: [],
  targets: [],
  alarms: [],
  scaled: [],
  unread: [],
});

/** Which part of a release an action is. */
export function stepOf({ action, deployment, execution }: Evidence): Step {
  const category = action?.input?.actionTypeId?.category;
  if (category === "Source") return "source";
  if (category === "Build" || category === "Test") return "build";
  if (category === "Approval") return "approval";
  return category === "Deploy" || (deployment && !execution) ? "deploy" : "pipeline";
}
