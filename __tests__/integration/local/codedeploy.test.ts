import {
  CodeDeployClient,
  ContinueDeploymentCommand,
  CreateDeploymentConfigCommand,
  type DeploymentReadyOption,
} from "@aws-sdk/client-codedeploy";
import { readFileSync } from "node:fs";
import { CALLS } from "../../../src/local/reconcile/embedded";
import { BlueGreenWorld } from "../../support/blue-green/world";

const world = new BlueGreenWorld();

beforeAll(async () => {
  await world.start();
  world.control();
});

afterAll(() => world.stop());

test("all at once: green becomes PRIMARY with all traffic, and blue is gone", async () => {
  const api = await world.service("all");
  const id = await api.deploy();
  const info = await api.ended(id);
  expect(info).toMatchObject({
    status: "Succeeded",
    creator: "user",
    instanceTerminationWaitTimeStarted: true,
  });
  expect(info.deploymentOverview).toMatchObject({ Succeeded: 1, Failed: 0 });
  expect(info.startTime).toBeInstanceOf(Date);
  expect(await api.taskSets()).toEqual([`PRIMARY ${id}`]);
  expect(await api.weights()).toEqual({ production: [[0, 100]], test: [[0, 100]] });
  expect(Object.values(await api.events(id))).toEqual(Array(8).fill("Succeeded"));

  const again = await api.deploy();
  expect(await api.ended(again)).toMatchObject({ status: "Succeeded" });
  expect(await api.taskSets()).toEqual([`PRIMARY ${again}`]);
  expect(await api.weights()).toEqual({ production: [[100, 0]], test: [[100, 0]] });
});

test("three services of one load balancer shift their traffic at once, each by its own configuration", async () => {
  await world.aws.client(CodeDeployClient, "111111111111").send(
    new CreateDeploymentConfigCommand({
      deploymentConfigName: "halves",
      computePlatform: "ECS",
      trafficRoutingConfig: {
        type: "TimeBasedLinear",
        timeBasedLinear: { linearPercentage: 50, linearInterval: 5 },
      },
    }),
  );
  const configs = {
    canary: "CodeDeployDefault.ECSCanary10Percent5Minutes",
    linear: "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
    custom: "halves",
  };
  const stepsOf = { canary: [10, 100], linear: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], custom: [50, 100] };
  const deployments = Object.entries(configs).map(async ([name, deploymentConfigName]) => {
    const service = await world.service(name, { deploymentConfigName });
    const id = await service.deploy();
    expect(await service.ended(id)).toMatchObject({ status: "Succeeded", deploymentConfigName });
    expect(await service.weights()).toEqual({ production: [[0, 100]], test: [[0, 100]] });
    expect(await service.taskSets()).toEqual([`PRIMARY ${id}`]);
    const shift = new RegExp(`^codedeploy ${id} (\\d+) % to green`);
    return world.aws.said.flatMap((line) => shift.exec(line)?.slice(1).map(Number) ?? []);
  });
  expect(await Promise.all(deployments)).toEqual(Object.values(stepsOf));
});

const stopAfter = (waitTimeInMinutes: number): DeploymentReadyOption => ({
  actionOnTimeout: "STOP_DEPLOYMENT",
  waitTimeInMinutes,
});

const group = (name: string, deploymentReadyOption: DeploymentReadyOption, minutes: number) =>
  world.service(name, {
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption,
      terminateBlueInstancesOnDeploymentSuccess: {
        action: "TERMINATE",
        terminationWaitTimeInMinutes: minutes,
      },
    },
  });

test("a deployment waits with production traffic, and with the end of blue, until it is continued", async () => {
  const api = await group("ready", stopAfter(600), 600);
  const id = await api.deploy();
  await api.until(id, ({ status }) => status === "Ready");
  expect(await api.weights()).toEqual({ production: [[100, 0]], test: [[0, 100]] });
  expect(await api.events(id)).toMatchObject({
    AfterAllowTestTraffic: "Succeeded",
    BeforeAllowTraffic: "Pending",
  });
  const proceed = (deploymentWaitType: "READY_WAIT" | "TERMINATION_WAIT") =>
    api.codeDeploy.send(new ContinueDeploymentCommand({ deploymentId: id, deploymentWaitType }));
  await proceed("READY_WAIT");
  await api.until(
    id,
    ({ instanceTerminationWaitTimeStarted }) => instanceTerminationWaitTimeStarted === true,
  );
  expect(await api.info(id)).toMatchObject({ status: "InProgress" });
  expect(await api.taskSets()).toEqual(["ACTIVE", `PRIMARY ${id}`]);
  await proceed("TERMINATION_WAIT");
  expect(await api.ended(id)).toMatchObject({ status: "Succeeded" });
  expect(await api.taskSets()).toEqual([`PRIMARY ${id}`]);
});

test("a deployment that nobody continues is stopped and rolled back", async () => {
  const api = await group("forgotten", stopAfter(3), 0);
  const info = await api.ended(await api.deploy());
  expect(info).toMatchObject({
    status: "Stopped",
    errorInformation: {
      message:
        "The deployment timed out while waiting for a notification to continue. This time out period is 3 minutes.",
    },
  });
  expect(await api.rolledBack(info)).toMatchObject({ status: "Succeeded" });
  expect(await api.weights()).toEqual({ production: [[100, 0]], test: [[100, 0]] });
});

test("blue stays if the group keeps it, and the next deployment replaces it", async () => {
  const api = await world.service("keep", {
    blueGreenDeploymentConfiguration: {
      terminateBlueInstancesOnDeploymentSuccess: { action: "KEEP_ALIVE" },
    },
  });
  const first = await api.deploy();
  expect(await api.ended(first)).toMatchObject({ instanceTerminationWaitTimeStarted: false });
  expect(await api.taskSets()).toEqual(["ACTIVE", `PRIMARY ${first}`]);
  const second = await api.deploy();
  expect(await api.ended(second)).toMatchObject({ status: "Succeeded" });
  expect(await api.taskSets()).toEqual([`ACTIVE ${first}`, `PRIMARY ${second}`]);
});

test("a listener's default action shifts as its rules do", async () => {
  const api = await world.service("default");
  await api.takeDefault();
  expect(await api.ended(await api.deploy())).toMatchObject({ status: "Succeeded" });
  expect((await api.weights()).production).toEqual([
    [0, 100],
    [0, 100],
  ]);
});

test.each(["blue", "green"])(
  "the first deployment begins with the test listener at %s; the next one needs it at blue",
  async (first) => {
    const api = await world.service(`first-at-${first}`);
    const [blue, green] = api.targetGroups;
    await api.pointTestAt(first === "blue" ? blue : green);
    expect(await api.ended(await api.deploy())).toMatchObject({ status: "Succeeded" });
    expect(await api.weights()).toEqual({ production: [[0, 100]], test: [[0, 100]] });

    // The groups have changed their places: blue serves from the second one.
    await api.pointTestAt(blue);
    expect((await api.ended(await api.deploy())).errorInformation).toMatchObject({
      code: "ELASTIC_LOAD_BALANCING_INVALID",
    });
    expect((await api.weights()).production).toEqual([[0, 100]]);

    await api.pointTestAt(green);
    expect(await api.ended(await api.deploy())).toMatchObject({ status: "Succeeded" });
  },
);

test("the role of the deployment group makes all calls that AWS makes with it", () => {
  const calls = readFileSync(world.embedded.file(CALLS), "utf8").trimEnd().split("\n");
  const actions = calls.map((line) => (JSON.parse(line) as { action: string }).action);
  expect([...new Set(actions)].sort()).toEqual([
    "ecs:CreateTaskSet",
    "ecs:DeleteTaskSet",
    "ecs:DescribeServices",
    "ecs:UpdateServicePrimaryTaskSet",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyRule",
  ]);
});
