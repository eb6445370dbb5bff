import type {
  AlarmConfiguration,
  AutoRollbackConfiguration,
  BlueGreenDeploymentConfiguration,
  ErrorInformation,
  LoadBalancerInfo,
  RollbackInfo,
  TrafficRoutingConfig,
} from "@aws-sdk/client-codedeploy";
import type { Document } from "../../../reconcile/documents";
import type { LifecycleEvent } from "./events";

/** The kind of the documents; `src/local/moto/releases/codedeploy_deployments.py` keeps them. */
export const KIND = "codedeploy-deployment";

type EndStatus = "Succeeded" | "Failed" | "Stopped";

/** What GetDeployment shows. Dates are seconds since the epoch. */
export interface DeploymentInfo {
  readonly deploymentId: string;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly deploymentConfigName: string;
  readonly status: "Created" | "InProgress" | "Ready" | EndStatus;
  readonly startTime?: number;
  readonly completeTime?: number;
  readonly errorInformation?: ErrorInformation;
  /** Counts targets, of which a deployment to ECS has one; absent while it runs. */
  readonly deploymentOverview?: Readonly<Record<string, number>>;
  readonly autoRollbackConfiguration?: AutoRollbackConfiguration;
  readonly blueGreenDeploymentConfiguration?: BlueGreenDeploymentConfiguration;
  readonly loadBalancerInfo?: LoadBalancerInfo;
  readonly rollbackInfo?: RollbackInfo;
  readonly instanceTerminationWaitTimeStarted: boolean;
}

/** AWS's own spelling of `identifer`. */
export interface TaskSetInfo {
  readonly identifer: string;
  readonly desiredCount: number;
  readonly pendingCount: number;
  readonly runningCount: number;
  readonly status: string;
  readonly trafficWeight: number;
  readonly targetGroup: { readonly name: string };
  readonly taskSetLabel: "Blue" | "Green";
}

/** The target of a deployment, an ECS service. */
export interface Target {
  readonly deploymentId: string;
  /** `<cluster>:<service>` */
  readonly targetId: string;
  readonly targetArn: string;
  readonly lastUpdatedAt: number;
  readonly status: "InProgress" | "Ready" | "Succeeded" | "Failed";
  readonly lifecycleEvents: readonly LifecycleEvent[];
  readonly taskSetsInfo: readonly TaskSetInfo[];
}

/** A target group. */
export interface NamedGroup {
  readonly arn: string;
  readonly name: string;
}

/** The target groups of a deployment: that of the PRIMARY task set, and the other. */
export interface Pair {
  readonly blue: NamedGroup;
  readonly green: NamedGroup;
}

/** What a restart needs to go on. */
export interface Notes {
  readonly pair: Pair;
  readonly blueTaskSet: string;
  readonly greenTaskSet?: string;
  /** The id of each hook's execution, by lifecycle event. */
  readonly hooks: Readonly<Record<string, string>>;
  /** The end of each wait, in milliseconds since the epoch. */
  readonly deadlines: Readonly<Record<string, number>>;
  /** How many steps of the traffic have been taken. */
  readonly steps: number;
  /** Percent of the production traffic that green gets. */
  readonly greenPercent: number;
  /** The end of blue has begun: it is too late to stop the deployment. */
  readonly blueEnds?: boolean;
}

/** What operations of the API ask of the controller. */
export interface Requests {
  /** Without `rollBack`, the events of the automatic rollback decide. */
  readonly stop?: { readonly rollBack?: boolean };
  readonly continued: readonly ("READY_WAIT" | "TERMINATION_WAIT")[];
  /** Status by execution id. */
  readonly hooks: Readonly<Record<string, "Succeeded" | "Failed">>;
}

export interface Deployment {
  readonly info: DeploymentInfo;
  readonly appSpec: string;
  readonly group: {
    readonly serviceRoleArn: string;
    readonly deploymentGroupId: string;
    readonly cluster: string;
    readonly service: string;
  };
  readonly trafficRouting: TrafficRoutingConfig;
  readonly alarms: AlarmConfiguration;
  readonly requests: Requests;
  readonly target?: Target;
  readonly notes?: Notes;
  /** Starts a deployment that rolls this one back, in the same write. */
  readonly rollBack?: boolean;
  /** Of a rollback: the notes of the deployment that it rolls back. */
  readonly rollsBack?: Notes;
}

/** A deployment that has begun. */
export type Begun = Deployment & Required<Pick<Deployment, "target" | "notes">>;

export type DeploymentDocument = Document<Deployment>;

export const hasBegun = (deployment: Deployment): deployment is Begun =>
  deployment.target !== undefined && deployment.notes !== undefined;

export const hasEnded = ({ info }: Deployment) => ["Succeeded", "Failed", "Stopped"].includes(info.status);

export const nowInSeconds = () => Date.now() / 1000;

/** A deployment with other notes. */
export const noted = (deployment: Begun, notes: Partial<Notes>): Begun => ({
  ...deployment,
  notes: { ...deployment.notes, ...notes },
});

/** The end of a wait: as it was noted, or from now. */
export function withDeadline(deployment: Begun, wait: string, milliseconds: number): Begun {
  const { deadlines } = deployment.notes;
  return noted(deployment, { deadlines: { [wait]: Date.now() + milliseconds, ...deadlines } });
}
