import type { Begun, Pair } from "../../../../src/local/services/codedeploy/model/document";
import { pendingEvents } from "../../../../src/local/services/codedeploy/model/lifecycle";

export const pair: Pair = { blue: { arn: "blue", name: "a" }, green: { arn: "green", name: "b" } };

/** A deployment that has just begun. */
export function begun(changes: Partial<Begun> = {}): Begun {
  return {
    info: {
      deploymentId: "d-ABCDEFGHI",
      applicationName: "app",
      deploymentGroupName: "group",
      deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
      status: "InProgress",
      instanceTerminationWaitTimeStarted: false,
    },
    appSpec: "",
    group: { serviceRoleArn: "role", deploymentGroupId: "id", cluster: "main", service: "api" },
    trafficRouting: { type: "AllAtOnce" },
    alarms: {},
    requests: { continued: [], hooks: {} },
    target: {
      deploymentId: "d-ABCDEFGHI",
      targetId: "main:api",
      targetArn: "arn",
      lastUpdatedAt: 0,
      status: "InProgress",
      lifecycleEvents: pendingEvents(true),
      taskSetsInfo: [],
    },
    notes: { pair, blueTaskSet: "blue-set", hooks: {}, deadlines: {}, steps: 0, greenPercent: 0 },
    ...changes,
  };
}
