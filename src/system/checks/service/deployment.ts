import type { Fault } from "../../../config/fault";
import type { Settings } from "../../settings";

type Deployment = Settings["deployment"];

/** CodeDeploy shifts traffic for two days at most. */
const MAX_SHIFT_MINUTES = 2880;
/**
 * CodePipeline ends a deploy action after five days. Until then green may take an hour to start.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
const MAX_DEPLOYMENT_MINUTES = (5 * 24 - 1) * 60;
/** An alarm needs its minutes of data, metrics are late by up to two, and CodeDeploy reads alarms by the minute. */
const ALARM_MARGIN_MINUTES = 3;

/** @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
const SHIFT_MINUTES: Readonly<Record<Deployment["config"] & string, number>> = {
  "CodeDeployDefault.ECSAllAtOnce": 0,
  "CodeDeployDefault.ECSLinear10PercentEvery1Minutes": 9,
  "CodeDeployDefault.ECSLinear10PercentEvery3Minutes": 27,
  "CodeDeployDefault.ECSCanary10Percent5Minutes": 5,
  "CodeDeployDefault.ECSCanary10Percent15Minutes": 15,
};

/** Minutes from the first request that green gets to the last one that blue gets. */
function shiftMinutes(config: Deployment["config"]): number {
  if (typeof config === "string") return SHIFT_MINUTES[config];
  if ("canary" in config) return config.canary.minutes;
  const { percent, minutes } = config.linear;
  return (Math.ceil(100 / percent) - 1) * minutes;
}

/** Settings of a deployment that AWS refuses together, or that keep its alarms from acting. */
export function impossibleDeployment({ deployment }: Settings): Fault[] {
  const { alarms, blueTerminationWaitMinutes: wait, config, readyWaitMinutes, rollbackOnAlarms } = deployment;
  const shift = shiftMinutes(config);
  if (shift > MAX_SHIFT_MINUTES && typeof config !== "string" && "linear" in config)
    return [
      {
        path: ["config", "linear", "minutes"],
        expected: `steps that shift all traffic within ${MAX_SHIFT_MINUTES} minutes, which AWS allows`,
        got: config.linear.minutes,
      },
    ];
  const path = ["blueTerminationWaitMinutes"];
  const total = readyWaitMinutes + shift + wait;
  if (total > MAX_DEPLOYMENT_MINUTES)
    return [
      {
        path,
        expected: `at most ${MAX_DEPLOYMENT_MINUTES} minutes together with readyWaitMinutes, ${readyWaitMinutes}, and the traffic shift, ${shift}: CodePipeline ends the deploy action after 5 days`,
        got: wait,
      },
    ];
  const least = alarms.minutes + ALARM_MARGIN_MINUTES - shift;
  return !rollbackOnAlarms || wait >= least
    ? []
    : [
        {
          path,
          expected: `at least ${least} minutes: after the traffic shift, ${shift}, an alarm of alarms.minutes, ${alarms.minutes}, must still find blue`,
          got: wait,
        },
      ];
}

/** A start for which a target may be unhealthy for as long as the alarm of unhealthy targets waits. */
export function slowStart({ deployment: { alarms, rollbackOnAlarms }, healthCheck }: Settings): Fault[] {
  const seconds = alarms.minutes * 60;
  const expected = `less than deployment.alarms.minutes, ${seconds} seconds, or the alarm of unhealthy targets ends a slow start`;
  return !rollbackOnAlarms || healthCheck.graceSeconds < seconds
    ? []
    : [{ path: ["graceSeconds"], expected, got: healthCheck.graceSeconds }];
}
