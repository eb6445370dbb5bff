import { Agent } from "node:http";
import { chooseGroup, chooseTarget } from "../../../../src/local/services/elb/targets/choose";
import { boundTarget, cookieOf, targetCookies } from "../../../../src/local/services/elb/targets/cookies";
import type { Group, HealthState } from "../../../../src/local/services/elb/targets/target";
import { isSuccess } from "../../../../src/local/services/elb/health/matcher";
import {
  FAILED,
  mismatch,
  nextHealth,
  type Checked,
  TIMED_OUT,
} from "../../../../src/local/services/elb/health/next-health";
import { targetGroupOf } from "../../../../src/local/services/elb/table/from-api";

const two = (blue: number, green: number) => [
  { arn: "blue", weight: blue },
  { arn: "green", weight: green },
];

test.each([
  [100, 0, 0.999, "blue"],
  [0, 100, 0, "green"],
  [90, 10, 0.89, "blue"],
  [90, 10, 0.9, "green"],
  [1, 1, 0.5, "green"],
  [0, 0, 0.5, undefined],
])("weights %d and %d at %d: %s", (blue, green, random, expected) => {
  expect(chooseGroup(two(blue, green), random)?.arn).toBe(expected);
});

function groupOf(...states: HealthState[]): Group {
  const targets = states.map((state, index) => {
    const content = { state, targetGroupArn: "one", targetId: `10.0.0.${index}`, port: 80 };
    const document = { account: "1", region: "r", id: String(index), revision: 0, document: content };
    return [
      String(index),
      {
        document,
        health: { state },
        address: undefined,
        locate: () => undefined,
        since: 0,
        streak: 0,
        inFlight: 0,
        agent: new Agent(),
        cookie: `c${index}`,
      },
    ] as const;
  });
  return { settings: targetGroupOf({}, new Map(), undefined), targets: new Map(targets), turn: 0 };
}

const next = (group: Group, cookie?: string) => chooseTarget(group, cookie)?.document.id;

test("healthy targets take turns", () => {
  const group = groupOf("healthy", "unhealthy", "healthy", "initial");
  expect([next(group), next(group), next(group)]).toEqual(["0", "2", "0"]);
});

test("without a healthy target all that are registered get requests", () => {
  const group = groupOf("unhealthy", "draining", "initial");
  expect([next(group), next(group), next(group)]).toEqual(["0", "2", "0"]);
  expect(next(groupOf("draining"))).toBeUndefined();
});

test("a client is bound to a target as long as that may get requests", () => {
  const group = groupOf("healthy", "healthy", "draining");
  expect([next(group, "c1"), next(group, "c1")]).toEqual(["1", "1"]);
  expect(next(group, "c2")).toBe("0");
});

test("the application's cookie decides how long a client is bound", () => {
  const stickiness = { type: "app_cookie", cookie: "SESSION", seconds: 60 } as const;
  expect(targetCookies(stickiness, "v", ["other=1"], new Date(0))).toEqual([]);
  expect(targetCookies(stickiness, "v", ["SESSION=1"], new Date(0))).toEqual([
    "AWSALBAPP-0=v; Expires=Thu, 01 Jan 1970 00:01:00 GMT; Path=/",
  ]);
  expect(boundTarget(stickiness, "a=b; AWSALBAPP-0=v")).toBe("v");
  expect(boundTarget({ type: "none" }, "AWSALB=v")).toBeUndefined();
  expect(cookieOf("a=b=c; d=e", "a")).toBe("b=c");
});

test.each([
  ["200", 200, true],
  ["200", 201, false],
  ["200-299,301", 250, true],
  ["200-299,301", 301, true],
  ["200-299,301", 302, false],
  ["200, 404", 404, true],
])("codes %s and %d: %s", (codes, status, expected) => {
  expect(isSuccess(codes, status)).toBe(expected);
});

const THRESHOLDS = { healthyThreshold: 3, unhealthyThreshold: 2 };

test.each<[HealthState, string, HealthState]>([
  ["initial", "+", "healthy"],
  ["initial", "-", "initial"],
  ["initial", "--", "unhealthy"],
  ["healthy", "-", "healthy"],
  ["healthy", "-+-", "healthy"],
  ["healthy", "--", "unhealthy"],
  ["unhealthy", "++", "unhealthy"],
  ["unhealthy", "++-+", "unhealthy"],
  ["unhealthy", "+++", "healthy"],
])("%s after %s: %s", (state, results, expected) => {
  let checked = { health: { state }, streak: 0 };
  for (const one of results) checked = nextHealth(checked, one === "+" ? undefined : FAILED, THRESHOLDS);
  expect(checked.health.state).toBe(expected);
});

test("a target that starts stays initial, and is unhealthy at the first check afterwards", () => {
  let checked: Checked = { health: { state: "initial" }, streak: 0 };
  for (let count = 0; count < 9; count += 1) checked = nextHealth(checked, FAILED, THRESHOLDS, true);
  expect(checked.health.state).toBe("initial");
  expect(nextHealth(checked, undefined, THRESHOLDS, true).health.state).toBe("healthy");
  expect(nextHealth(checked, FAILED, THRESHOLDS, false).health.state).toBe("unhealthy");
});

test("an unhealthy target has the reason of its last check", () => {
  const first = nextHealth({ health: { state: "healthy" }, streak: -1 }, TIMED_OUT, THRESHOLDS);
  expect(first.health).toEqual({ state: "unhealthy", ...TIMED_OUT });
  const second = nextHealth(first, mismatch(503), THRESHOLDS);
  expect(second.health.description).toBe("Health checks failed with these codes: [503]");
});
