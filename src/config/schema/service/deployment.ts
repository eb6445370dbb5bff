import { z } from "zod";
import { lambdaArn } from "../arns";
import { defaulted, section } from "../section";
import { flag, oneOf, text, whole } from "../values";

/** The longest wait, and the longest traffic shift, of CodeDeploy: two days. */
const MAX_WAIT_MINUTES = 2880;

const percent = whole(1, 99, "percent");
const minutes = whole(1, MAX_WAIT_MINUTES, "minutes");

/** @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
const deploymentConfig = z.union([
  oneOf([
    "CodeDeployDefault.ECSAllAtOnce",
    "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
    "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
    "CodeDeployDefault.ECSCanary10Percent5Minutes",
    "CodeDeployDefault.ECSCanary10Percent15Minutes",
  ]),
  section(
    { canary: section({ percent, minutes }) },
    "This percentage of the traffic first, the rest after the wait.",
  ),
  section({ linear: section({ percent, minutes }) }, "This percentage of the traffic at each step."),
]);

const hooks = section({
  beforeInstall: lambdaArn.optional(),
  afterInstall: lambdaArn.optional(),
  afterAllowTestTraffic: lambdaArn.optional(),
  beforeAllowTraffic: lambdaArn.optional(),
  afterAllowTraffic: lambdaArn.optional(),
});

const alarms = section({
  errorPercent: whole(1, 100, "percent")
    .default(5)
    .describe(
      "5xx responses and failed connections of the targets, in percent of the requests of one minute.",
    ),
  minimumRequests: whole(1, 1_000_000, "requests")
    .default(50)
    .describe("Minutes with fewer requests do not count."),
  unhealthyHosts: whole(1, 5000, "targets").default(1),
  minutes: whole(3, 60, "minutes")
    .default(3)
    .describe("An alarm goes off when this many of the last minutes, of these and two more, were bad."),
});

/**
 * Alarms of a deployment group. Four of them are the service's own.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html
 */
const MAX_ALARMS = 10;
const OWN_ALARMS = 4;

const alarmName = text(
  /^(?!arn:)[^{}]{1,255}$/,
  "the name of a CloudWatch alarm of the environment's account and region, not its ARN",
);
const alarmNames = z
  .array(alarmName, "a list of names of CloudWatch alarms")
  .max(
    MAX_ALARMS - OWN_ALARMS,
    `at most ${MAX_ALARMS - OWN_ALARMS} alarms: a deployment group has at most ${MAX_ALARMS}, and ${OWN_ALARMS} are the service's own`,
  )
  .refine((names) => new Set(names).size === names.length, "different alarms");

export const deployment = section(
  {
    config: deploymentConfig.default("CodeDeployDefault.ECSCanary10Percent5Minutes"),
    blueTerminationWaitMinutes: whole(0, MAX_WAIT_MINUTES, "minutes")
      .default(15)
      .describe(
        "How long blue keeps running after the traffic shift, and so how long an instant rollback is possible.",
      ),
    readyWaitMinutes: whole(0, MAX_WAIT_MINUTES, "minutes")
      .default(0)
      .describe("Above 0, the traffic shift waits for a person; without an answer the deployment stops."),
    hooks: hooks.default({}).describe("Lambda functions that test a release."),
    rollbackOnAlarms: flag
      .default(true)
      .describe("Without it, no alarm stops a deployment, and the service's own alarms are not made."),
    alarms: defaulted(alarms),
    alarmNames: alarmNames
      .default([])
      .describe("More alarms that stop and roll back a deployment: existing ones, by name."),
  },
  "How CodeDeploy moves traffic from blue to green.",
);
