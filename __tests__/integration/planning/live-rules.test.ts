import { ElasticLoadBalancingV2Client, ModifyRuleCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { pointAtLiveGroups } from "../../../src/planning/live-rules";
import type { System } from "../../../src/system/system";
import { rulesOf } from "../../support/blue-green/load-balancer";
import { BlueGreenWorld } from "../../support/blue-green/world";
import { REGION } from "../../support/embedded-aws";

const ACCOUNT = "111111111111";

const world = new BlueGreenWorld();
const before = { ...process.env };

beforeAll(async () => {
  await world.start();
  const test = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: REGION };
  Object.assign(process.env, test, { AWS_ENDPOINT_URL: world.embedded.endpoint });
});
afterAll(async () => {
  process.env = before;
  await world.stop();
});

const delivery = (name: string, service = name) => ({
  service: { name },
  environment: { name: "dev", account: { id: ACCOUNT, assumeRole: "terraform" } },
  names: { cluster: "main", service },
});

const system = {
  region: REGION,
  deliveries: [delivery("web"), delivery("new", "not-there")],
} as unknown as System;

test("a new rule gets the target group of the task set that has the traffic", async () => {
  const web = await world.service("web");
  const [live, idle] = web.targetGroups;
  const production = world.listeners.production;
  const [rule] = (await rulesOf(world.aws, ACCOUNT, production)).filter(({ IsDefault }) => !IsDefault);
  const arn = rule?.RuleArn ?? "";
  await world.aws
    .client(ElasticLoadBalancingV2Client, ACCOUNT)
    .send(new ModifyRuleCommand({ RuleArn: arn, Actions: [{ Type: "forward", TargetGroupArn: idle }] }));
  const asCreated = { service: "web", arn, targetGroupArn: idle };
  expect(await pointAtLiveGroups(system, "prd", [asCreated])).toEqual([]);
  expect((await web.weights()).production).toEqual([[0, 1]]);

  expect(await pointAtLiveGroups(system, "dev", [asCreated])).toEqual([asCreated]);
  expect((await web.weights()).production).toEqual([[1, 0]]);
  expect(await pointAtLiveGroups(system, "dev", [{ ...asCreated, targetGroupArn: live }])).toEqual([]);
});

test("a rule of a service that runs nothing stays as it is", async () => {
  expect(
    await pointAtLiveGroups(system, "dev", [{ service: "new", arn: "rule", targetGroupArn: "blue" }]),
  ).toEqual([]);
});
