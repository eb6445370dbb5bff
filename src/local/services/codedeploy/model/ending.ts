import type { AutoRollbackConfiguration, AutoRollbackEvent, ErrorCode } from "@aws-sdk/client-codedeploy";
import type { Deployment } from "./document";
import { failed } from "./lifecycle";

/** Why a deployment ends before its time. */
export interface Ending {
  readonly status: "Failed" | "Stopped";
  readonly code: ErrorCode;
  /** In AWS's words. */
  readonly message: string;
  /** The event of an automatic rollback that it is. */
  readonly event: AutoRollbackEvent;
  /** What was asked of StopDeployment; it is stronger than the events. */
  readonly rollBack?: boolean;
}

/** Ends a deployment. */
export class DeploymentEnds extends Error {
  constructor(public readonly ending: Ending) {
    super(ending.message);
  }
}

export const failure = (code: ErrorCode, message: string): Ending => ({
  status: "Failed",
  code,
  message,
  event: "DEPLOYMENT_FAILURE",
});

export const loadBalancerError = (reason: string) =>
  failure(
    "ELASTIC_LOAD_BALANCING_INVALID",
    `The ELB could not be updated due to the following error: ${reason}`,
  );

export const serviceError = (reason: string) =>
  failure("ECS_UPDATE_ERROR", `The ECS service cannot be updated due to an unexpected error: ${reason}`);

export const noPermission = (roleArn: string, service: string) =>
  failure(
    "IAM_ROLE_PERMISSIONS",
    `The IAM role ${roleArn} does not give you permission to perform operations in the following AWS service: ` +
      `${service}. Contact your AWS administrator if you need help.`,
  );

export const INSTALL_MINUTES = 60;

export const installTimeout = failure(
  "TIMEOUT",
  "The deployment timed out while waiting for the replacement task set to become healthy. " +
    `This time out period is ${INSTALL_MINUTES} minutes.`,
);

/** Its status is Stopped. @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentReadyOption.html */
export const readyTimeout = (minutes: number): Ending => ({
  ...failure(
    "TIMEOUT",
    "The deployment timed out while waiting for a notification to continue. " +
      `This time out period is ${minutes} minutes.`,
  ),
  status: "Stopped",
});

export const HOOK_SECONDS = 3600;

export const hookFailure = failure(
  "HOOK_EXECUTION_FAILURE",
  "The deployment failed because one or more of the lifecycle event validation functions failed.",
);

export const hookTimeout = failure(
  "TIMEOUT",
  "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback " +
    "within one hour after a deployment hook is invoked.",
);

export const alarmsActive = (names: readonly string[]): Ending => ({
  status: "Stopped",
  code: "ALARM_ACTIVE",
  message:
    "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the " +
    `affected deployments have been stopped. Activated alarms: ${names.map((name) => `<${name}>`).join(" ")}`,
  event: "DEPLOYMENT_STOP_ON_ALARM",
});

/** What a person asked for; undefined if nobody did. */
export const stopOf = ({ requests: { stop } }: Deployment): Ending | undefined =>
  stop && {
    status: "Stopped",
    code: "MANUAL_STOP",
    message: "The deployment was stopped by a request.",
    event: "DEPLOYMENT_STOP_ON_REQUEST",
    ...(stop.rollBack !== undefined && { rollBack: stop.rollBack }),
  };

/** Whether an ending starts a rollback, by a person's wish or by the events of the deployment. */
export const startsRollback = (
  { event, rollBack }: Ending,
  { enabled = false, events = [] }: AutoRollbackConfiguration,
): boolean => rollBack ?? (enabled && events.includes(event));

/** How many targets of a deployment are in which status: it has one. */
export const overviewOf = (status: "Succeeded" | "Failed") => ({
  ...{ Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 },
  [status]: 1,
});

/** A deployment that has ended before its time. One that has changed nothing, and a rollback, are not rolled back. */
export function endedBy(deployment: Deployment, ending: Ending, now: number): Deployment {
  const { info, target, notes, rollsBack } = deployment;
  const { status, code, message } = ending;
  const rolled = notes !== undefined && rollsBack === undefined;
  return {
    ...deployment,
    info: {
      ...info,
      status,
      completeTime: now,
      errorInformation: { code, message },
      deploymentOverview: overviewOf("Failed"),
    },
    ...(target && { target: failed(target, now) }),
    rollBack: rolled && startsRollback(ending, info.autoRollbackConfiguration ?? {}),
  };
}
