import type { TrafficRoutingConfig } from "@aws-sdk/client-codedeploy";
import type { Action, Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { checkListener, forwarded, ruleChanges } from "../../../../src/local/services/codedeploy/model/rules";
import { trafficSteps } from "../../../../src/local/services/codedeploy/model/traffic";
import { pair } from "./support";

const linear = (linearPercentage: number, linearInterval: number): TrafficRoutingConfig => ({
  type: "TimeBasedLinear",
  timeBasedLinear: { linearPercentage, linearInterval },
});

const canary = (canaryPercentage: number, canaryInterval: number): TrafficRoutingConfig => ({
  type: "TimeBasedCanary",
  timeBasedCanary: { canaryPercentage, canaryInterval },
});

describe("the steps of a configuration", () => {
  test.each<[string, TrafficRoutingConfig, [number, number][]]>([
    ["all at once", { type: "AllAtOnce" }, [[100, 0]]],
    [
      "a canary",
      canary(10, 15),
      [
        [10, 900],
        [100, 0],
      ],
    ],
    [
      "halves",
      linear(50, 1),
      [
        [50, 60],
        [100, 0],
      ],
    ],
    [
      "a part that does not divide 100",
      linear(40, 2),
      [
        [40, 120],
        [80, 120],
        [100, 0],
      ],
    ],
    ["all in one linear step", linear(100, 1), [[100, 0]]],
  ])("%s", (_, config, steps) => {
    expect(trafficSteps(config).map(({ greenPercent, seconds }) => [greenPercent, seconds])).toEqual(steps);
  });

  it("are ten for AWS's linear configurations", () => {
    expect(trafficSteps(linear(10, 3))).toHaveLength(10);
  });
});

const to = (...weights: readonly (readonly [string, number])[]): Action => ({
  Type: "forward",
  ForwardConfig: { TargetGroups: weights.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })) },
});
const rule = (RuleArn: string, ...Actions: Action[]): Rule => ({ RuleArn, IsDefault: false, Actions });
const single: Action = { Type: "forward", TargetGroupArn: "blue" };
const other = rule("other", to(["third", 1]));
const answers404: Rule = { IsDefault: true, Actions: [{ Type: "fixed-response" }] };

describe("the rules that a deployment changes", () => {
  test.each<[string, Rule[], number, string[]]>([
    ["the one that names blue", [rule("own", single), other, answers404], 10, ["own"]],
    [
      "each that names one of the pair",
      [rule("one", single), rule("two", to(["green", 1]))],
      100,
      ["one", "two"],
    ],
    ["none that has the weights already", [rule("own", to(["green", 10], ["blue", 90]))], 10, []],
    ["none of another service", [other, answers404], 100, []],
  ])("%s", (_, rules, percent, changed) => {
    expect(ruleChanges(rules, pair, percent).map((change) => change.rule.RuleArn)).toEqual(changed);
  });

  it("forward to both groups with weights, and keep what comes before and the stickiness", () => {
    const login: Action = { Type: "authenticate-oidc", Order: 1 };
    const sticky = { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 } };
    const before = {
      ...single,
      Order: 2,
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: "blue" }], ...sticky },
    };
    const [change] = ruleChanges([rule("own", login, before)], pair, 30);
    expect(change?.actions).toEqual([
      login,
      {
        Type: "forward",
        Order: 2,
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: "green", Weight: 30 },
            { TargetGroupArn: "blue", Weight: 70 },
          ],
          ...sticky,
        },
      },
    ]);
    expect(Object.fromEntries(forwarded(change?.actions))).toEqual({ green: 30, blue: 70 });
  });
});

describe("a listener before a deployment", () => {
  const behind = "Primary taskset target group must be behind listener";
  test.each<[string, Rule[], string | undefined]>([
    ["all to blue", [rule("own", single), other], undefined],
    ["blue with all weight", [rule("own", to(["blue", 100], ["green", 0]))], undefined],
    ["no rule of the pair", [other, answers404], `${behind} listener`],
    ["all to green", [rule("own", to(["green", 100], ["blue", 0]))], `${behind} own`],
    ["green has a part", [rule("own", to(["green", 1], ["blue", 99]))], "Green taskset target group cannot"],
    [
      "a third group",
      [rule("own", to(["third", 1], ["blue", 1]))],
      "Only target group in ECS deployment group",
    ],
  ])("%s", (_, rules, error) => {
    const check = () => {
      checkListener("listener", rules, pair);
    };
    if (error === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(error);
  });
});
