import { z } from "zod";
import { lambdaArn } from "../arns";
import { defaulted, section } from "../section";
import { flag, oneOf, whole } from "../values";

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
  serverErrors: whole(1, 1_000_000, "responses")
    .default(10)
    .describe("5xx responses of the targets in one minute."),
  unhealthyHosts: whole(1, 5000, "targets").default(1),
  minutes: whole(3, 60, "minutes").default(3).describe("Consecutive minutes before an alarm starts."),
});

export const deployment = section(
  {
    config: deploymentConfig.default("CodeDeployDefault.ECSAllAtOnce"),
    blueTerminationWaitMinutes: whole(0, MAX_WAIT_MINUTES, "minutes")
      .default(5)
      .describe(
        "How long blue keeps running after the traffic shift, and so how long an instant rollback is possible.",
      ),
    readyWaitMinutes: whole(0, MAX_WAIT_MINUTES, "minutes")
      .default(0)
      .describe("Above 0, the traffic shift waits for a person; without an answer the deployment stops."),
    hooks: hooks.default({}).describe("Lambda functions that test a release."),
    rollbackOnAlarms: flag.default(true),
    alarms: defaulted(alarms),
  },
  "How CodeDeploy moves traffic from blue to green.",
);
