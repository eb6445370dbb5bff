import { allowedFailures, defaultRate } from "../../../src/local/rehearse/load";
import type { Delivery } from "../../../src/system/system";

type Deployment = Delivery["settings"]["deployment"];

/** Alarms of 3 minutes that need 50 requests in each. */
const delivery = (config: Deployment["config"]) =>
  ({
    settings: { deployment: { config, alarms: { minutes: 3, minimumRequests: 50 } } },
  }) as unknown as Delivery;

const atOnce = delivery("CodeDeployDefault.ECSAllAtOnce");
const canary = delivery("CodeDeployDefault.ECSCanary10Percent5Minutes");
const custom = delivery({ canary: { percent: 50, minutes: 2 } });

test.each([
  ["release", canary, 1_000, 100],
  ["5xx", atOnce, 1_000, 100],
  ["5xx", canary, 1_000, 750],
  ["5xx", custom, 1_000, 150],
  ["5xx", canary, 60_000, 100],
] as const)("the load of %s is enough for the alarm", (kind, one, minuteMs, rate) => {
  expect(defaultRate(kind, one, minuteMs)).toBe(rate);
});

test.each([
  ["no kind but 5xx loses requests", "unhealthy", canary, 100, false, 0],
  ["all traffic for six minutes and a rollback", "5xx", atOnce, 100, true, 1_600],
  ["the share of the canary, where the alarm comes in it", "5xx", canary, 750, false, 1_200],
  ["the canary, and all traffic after it, where the alarm comes later", "5xx", canary, 100, true, 1_650],
] as const)("%s", (_, kind, one, rate, complete, allowed) => {
  expect(allowedFailures(kind, one, { rate, complete, minuteMs: 1_000 })).toBe(allowed);
});
