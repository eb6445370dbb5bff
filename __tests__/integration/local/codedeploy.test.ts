import type { Embedded } from "../../../src/local/reconcile/embedded";
import { timeWith } from "../../../src/local/reconcile/time";
import { runCodeDeploy } from "../../support/blue-green/controlled";
import { Hands } from "../../support/blue-green/hands";
import { createListeners, type Listeners } from "../../support/blue-green/load-balancer";
import { BlueGreenService } from "../../support/blue-green/system";
import { EmbeddedAws } from "../../support/embedded-aws";

const ACCOUNT = "111111111111";

const aws = new EmbeddedAws();
let embedded: Embedded;
let hands: Hands;
let listeners: Listeners;
let end: () => Promise<void>;

beforeAll(async () => {
  // A minute is a tenth of a second.
  embedded = { ...(await aws.start()), time: timeWith(600) };
  hands = new Hands(embedded);
  hands.start();
  listeners = await createListeners(aws, ACCOUNT);
  end = runCodeDeploy(embedded);
});

afterAll(async () => {
  await end();
  await hands.end();
  await aws.stop();
});

test("all at once: green becomes PRIMARY with all traffic, and blue is gone", async () => {
  const api = await BlueGreenService.create(aws, ACCOUNT, listeners, "all");
  const id = await api.deploy();
  const info = await api.ended(id);
  expect(info).toMatchObject({
    status: "Succeeded",
    creator: "user",
    instanceTerminationWaitTimeStarted: true,
  });
  expect(info.deploymentOverview).toMatchObject({ Succeeded: 1, Failed: 0 });
  expect(await api.taskSets()).toEqual([`PRIMARY ${id}`]);
  expect(await api.weights()).toEqual({ production: [[0, 100]], test: [[0, 100]] });
  expect(Object.values(await api.events(id))).toEqual(Array(8).fill("Succeeded"));
});
