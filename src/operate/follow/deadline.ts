import type { Delivery } from "../../system/system";

/** Minutes that CodeDeploy waits for tasks to become healthy, and for the function of a hook. */
const START = 60;
const HOOK = 60;
/** Minutes for CodeDeploy's own steps. */
const MARGIN = 5;
/** Minutes for the source and for the start of a build. */
const BEFORE_BUILD = 10;

const STANDARD = /^CodeDeployDefault\.ECS(?:Canary|Linear)(\d+)Percent(?:Every)?(\d+)Minutes$/;
const PERCENT = 100;

/** Minutes of the traffic shift. */
export function shiftMinutes({ settings: { deployment } }: Delivery): number {
  const { config } = deployment;
  if (typeof config !== "string") {
    if ("canary" in config) return config.canary.minutes;
    return Math.ceil(PERCENT / config.linear.percent) * config.linear.minutes;
  }
  const [, percent, minutes] = STANDARD.exec(config) ?? [];
  if (percent === undefined || minutes === undefined) return 0;
  return config.includes("Canary") ? Number(minutes) : Math.ceil(PERCENT / Number(percent)) * Number(minutes);
}

/** Minutes in which a deployment should end, made of the waits that are configured. */
export function deploymentMinutes(delivery: Delivery): number {
  const { deployment } = delivery.settings;
  const start = START + HOOK * Object.keys(deployment.hooks).length;
  const waits = deployment.readyWaitMinutes + shiftMinutes(delivery) + deployment.blueTerminationWaitMinutes;
  return start + waits + MARGIN;
}

/** Minutes in which an execution of the pipeline should end. The wait for an approval does not count. */
export const executionMinutes = (delivery: Delivery): number =>
  BEFORE_BUILD + delivery.settings.build.timeoutMinutes + deploymentMinutes(delivery);
