import { faultsAfter } from "../support/faults";

const service = (text: string) => ["port: 10012", `port: 10012\n    ${text}`] as const;
const deployment = (text: string) => service(`deployment: { ${text} }`);
const AT = "services.awssdk-iam";
const WAIT = `${AT}.deployment.blueTerminationWaitMinutes`;
const CONFIG = "config: CodeDeployDefault.";

describe("a deployment", () => {
  it.each([
    ["by default", deployment("readyWaitMinutes: 0")],
    [
      "all at once, with a wait that its alarms need",
      deployment(`${CONFIG}ECSAllAtOnce, blueTerminationWaitMinutes: 6`),
    ],
    [
      "without alarms and without a wait",
      deployment(`${CONFIG}ECSAllAtOnce, rollbackOnAlarms: false, blueTerminationWaitMinutes: 0`),
    ],
    [
      "that shifts for longer than its alarms need",
      deployment(`${CONFIG}ECSLinear10PercentEvery1Minutes, blueTerminationWaitMinutes: 0`),
    ],
    [
      "of two waits of two days, and a short one",
      deployment(
        "readyWaitMinutes: 2880, blueTerminationWaitMinutes: 2880, config: { canary: { percent: 1, minutes: 1380 } }",
      ),
    ],
    [
      "with as many alarms of the user's own as there is room for",
      deployment("alarmNames: [a, b, c, d, e, f]"),
    ],
  ])("is accepted %s", (_, change) => {
    expect(faultsAfter(change)).toEqual([]);
  });

  /** Minutes from green's first request to blue's last one, by AWS's definition of each configuration. */
  it.each([
    ["CodeDeployDefault.ECSAllAtOnce", 0],
    ["CodeDeployDefault.ECSLinear10PercentEvery1Minutes", 9],
    ["CodeDeployDefault.ECSLinear10PercentEvery3Minutes", 27],
    ["CodeDeployDefault.ECSCanary10Percent5Minutes", 5],
    ["CodeDeployDefault.ECSCanary10Percent15Minutes", 15],
    ["{ canary: { percent: 20, minutes: 7 } }", 7],
    ["{ linear: { percent: 25, minutes: 3 } }", 9],
    ["{ linear: { percent: 30, minutes: 2 } }", 6],
  ])("keeps blue for as long as an alarm needs, with %s", (config, shift) => {
    const after = (wait: number) =>
      faultsAfter(
        deployment(`config: ${config}, blueTerminationWaitMinutes: ${wait}, alarms: { minutes: 40 }`),
      );
    expect(after(43 - shift)).toEqual([]);
    expect(after(42 - shift)).toEqual([
      expect.stringContaining(
        `${WAIT}: expected at least ${43 - shift} minutes: after the traffic shift, ${shift}, an alarm of alarms.minutes, 40, must still find blue, got ${42 - shift}`,
      ),
    ]);
  });

  it("does so in an environment that changes one of them", () => {
    const over = [
      "dev:\n        #",
      "dev:\n        deployment: { alarms: { minutes: 18 } }\n        #",
    ] as const;
    expect(faultsAfter(over)).toEqual([
      expect.stringMatching(
        /environments\.dev\.deployment\.blueTerminationWaitMinutes: expected at least 16 /,
      ),
    ]);
  });

  it.each<[string, readonly [string, string], string, RegExp]>([
    [
      "waits that CodePipeline ends",
      deployment(
        "readyWaitMinutes: 2880, blueTerminationWaitMinutes: 2880, config: { canary: { percent: 1, minutes: 1381 } }",
      ),
      WAIT,
      /at most 7140 minutes together with readyWaitMinutes, 2880, and the traffic shift, 1381: CodePipeline ends the deploy action after 5 days, got 2880/,
    ],
    [
      "more alarms than CodeDeploy takes",
      deployment("alarmNames: [a, b, c, d, e, f, g]"),
      `${AT}.deployment.alarmNames`,
      /at most 6 alarms: a deployment group has at most 10, and 4 are the service's own/,
    ],
    ["an alarm twice", deployment("alarmNames: [a, a]"), `${AT}.deployment.alarmNames`, /different alarms/],
    [
      "the ARN of an alarm",
      deployment('alarmNames: ["arn:aws:cloudwatch:eu-west-1:111111111111:alarm:a"]'),
      `${AT}.deployment.alarmNames.0`,
      /the name of a CloudWatch alarm .*, not its ARN/,
    ],
    [
      "the errors of the first version",
      deployment("alarms: { serverErrors: 10 }"),
      `${AT}.deployment.alarms.serverErrors`,
      /expected deployment\.alarms\.errorPercent \(a percentage of the requests\), its name now, got "serverErrors"/,
    ],
    [
      "more than all requests",
      deployment("alarms: { errorPercent: 101 }"),
      `${AT}.deployment.alarms.errorPercent`,
      /percent from 1 to 100/,
    ],
  ])("is refused with %s", (_, change, path, expected) => {
    expect(faultsAfter(change)).toEqual([expect.stringMatching(expected)]);
    expect(faultsAfter(change)[0]).toContain(`${path}: `);
  });
});

describe("the time that a task has to start", () => {
  const grace = (seconds: number, more = "") =>
    faultsAfter(service(`healthCheck: { graceSeconds: ${seconds} }${more}`));

  it.each([
    ["shorter than the alarm of unhealthy targets", 179, ""],
    ["longer than the default, with a longer alarm", 600, "\n    deployment: { alarms: { minutes: 11 } }"],
    ["as long as wanted without alarms", 600, "\n    deployment: { rollbackOnAlarms: false }"],
  ])("is accepted if it is %s", (_, seconds, more) => {
    expect(grace(seconds, more)).toEqual([]);
  });

  it("is refused if the alarm of unhealthy targets would end the start", () => {
    expect(grace(180)).toEqual([
      expect.stringContaining(
        `${AT}.healthCheck.graceSeconds: expected less than deployment.alarms.minutes, 180 seconds, or the alarm of unhealthy targets ends a slow start, got 180`,
      ),
    ]);
  });
});

describe("the number of tasks", () => {
  const scaled = (text: string) => service(`scaling: { min: 2, max: 4, cpuPercent: 60 }\n    ${text}`);

  it.each([
    ["of scaling.min", "task: { desiredCount: 2 }"],
    ["of scaling.max", "task: { desiredCount: 4 }"],
    ["left out", "task: { exec: true }"],
  ])("is accepted: %s", (_, text) => {
    expect(faultsAfter(scaled(text))).toEqual([]);
  });

  it.each([1, 5])("is refused outside the bounds of scaling: %s", (count) => {
    expect(faultsAfter(scaled(`task: { desiredCount: ${count} }`))).toEqual([
      expect.stringContaining(
        `${AT}.task.desiredCount: expected a number of tasks from scaling.min, 2, to scaling.max, 4; left out, it is min, got ${count}`,
      ),
    ]);
  });

  it("is refused where an environment moves the bounds only", () => {
    const base = service("task: { desiredCount: 2 }");
    const over = [
      "dev:\n        #",
      "dev:\n        scaling: { min: 3, max: 4, cpuPercent: 60 }\n        #",
    ] as const;
    expect(faultsAfter(base, over)).toEqual([
      expect.stringContaining(
        "environments.dev.task.desiredCount: expected a number of tasks from scaling.min, 3,",
      ),
    ]);
  });
});
