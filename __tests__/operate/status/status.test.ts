import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import type { Task } from "@aws-sdk/client-ecs";
import { IMAGE_PLACEHOLDER, taskDefinition } from "../../../src/delivery/task-definition";
import type { DeliveryState } from "../../../src/operate/read/delivery";
import { alarmsOf } from "../../../src/operate/read/alarms";
import type { EnvironmentState } from "../../../src/operate/read/environment";
import { imageWith } from "../../../src/operate/read/images";
import { statusLines } from "../../../src/operate/status/lines";
import { statusOf, type Status } from "../../../src/operate/status/status";
import { taskDefinitionOf } from "../../../src/stacks/delivered";
import { deliveryWith } from "../../support/delivery";

const delivery = deliveryWith({ scaling: { min: 1, max: 4, cpuPercent: 60 } });
const [ONE, TWO] = [`sha256:${"1".repeat(64)}`, `sha256:${"2".repeat(64)}`];
const IMAGE = imageWith(delivery, ONE);
const NOW = new Date("2026-03-01T12:00:00Z");
const before = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const task = (imageDigest: string, startedBy = "ecs-svc/1"): Task => ({
  lastStatus: "RUNNING",
  startedBy,
  containers: [{ name: "cache" }, { name: "web", imageDigest }],
});

const good: DeploymentInfo = {
  deploymentId: "d-GOOD",
  status: "Succeeded",
  creator: "user",
  completeTime: before(180),
};

const released: DeliveryState = {
  service: {
    desiredCount: 2,
    taskSets: [
      {
        id: "ecs-svc/1",
        status: "PRIMARY",
        computedDesiredCount: 2,
        runningCount: 2,
        loadBalancers: [{ targetGroupArn: "blue" }],
      },
    ],
  },
  tasks: [task(ONE), task(ONE)],
  groups: [
    { color: "blue", arn: "blue", weight: 100, healthy: 2 },
    { color: "green", arn: "green", weight: 0, healthy: 0 },
  ],
  taskDefinition: JSON.parse(
    JSON.stringify(taskDefinition(taskDefinitionOf(delivery))).replaceAll(IMAGE_PLACEHOLDER, IMAGE),
  ) as DeliveryState["taskDefinition"],
  own: { imageDigest: ONE },
  image: { imageDigest: ONE },
  commit: { id: "0123456789abcdef", message: "Add refunds", author: "Jo", time: before(200).toISOString() },
  executions: [{ pipelineExecutionId: "e-1", status: "Succeeded", lastUpdateTime: before(180) }],
  deployments: [good],
};

const [alarm = "", ...others] = alarmsOf(delivery);
const environment: EnvironmentState = {
  rules: [],
  targetGroups: new Map(),
  services: new Map(),
  tasks: [],
  alarms: new Map(alarmsOf(delivery).map((name) => [name, { AlarmName: name, StateValue: "OK" }])),
  deployments: new Map(),
  scalableTargets: new Map(),
};

const status = (
  change: Partial<DeliveryState> = {},
  around: Partial<EnvironmentState> = {},
  step?: string,
): Status => statusOf(delivery, { ...environment, ...around }, { ...released, ...change }, step);
const kinds = (...of: Parameters<typeof status>) => status(...of).flags.map(({ kind }) => kind);

const [blue, green] = released.groups;
const failed = { pipelineExecutionId: "e-2", status: "Failed" as const, lastUpdateTime: before(5) };
const running = { pipelineExecutionId: "e-3", status: "InProgress" as const, startTime: before(2) };
const suspended = { SuspendedState: { DynamicScalingOutSuspended: true } };
const deploying: DeploymentInfo = { deploymentId: "d-2", status: "InProgress", createTime: before(1) };
const byHand = (status: DeploymentInfo["status"]): DeploymentInfo => {
  return { ...good, deploymentId: "d-HAND", status, createTime: before(1) };
};
const automatic: DeploymentInfo = { ...byHand("Succeeded"), creator: "codeDeployRollback" };
const alarms = (states: Record<string, string>) =>
  new Map(alarmsOf(delivery).map((name) => [name, { StateValue: states[name] ?? "OK" } as never]));
const scalable = new Map([
  [`service/${delivery.names.cluster}/${delivery.names.service}`, suspended as never],
]);

describe("the status of a delivery", () => {
  it("has no flag if all is well", () => {
    expect(status()).toMatchObject({
      state: "released",
      digests: [ONE],
      tasks: { healthy: 2, running: 2, desired: 2 },
      traffic: { blue: 100, green: 0 },
      lastGood: { deployment: "d-GOOD", time: before(180).toISOString() },
      alarms: { OK: [alarm, ...others] },
      flags: [],
    });
  });

  it.each<[string, Partial<DeliveryState>, Partial<EnvironmentState>, string[]]>([
    ["tasks of two images", { tasks: [task(ONE), task(TWO)] }, {}, ["mixed-digests"]],
    ["an image that ECR no longer has", { image: undefined }, {}, ["image-gone"]],
    [
      "another task definition",
      { taskDefinition: { ...released.taskDefinition, cpu: "4096" } },
      {},
      ["drift"],
    ],
    ["a task that is not healthy", { groups: [{ ...blue, healthy: 1 }, green] }, {}, ["tasks"]],
    [
      "traffic to the other group",
      {
        groups: [
          { ...blue, weight: 90 },
          { ...green, weight: 10 },
        ],
      },
      {},
      ["traffic"],
    ],
    ["a listener without a rule", { groups: [{ ...blue, weight: 0 }, green] }, {}, ["traffic"]],
    ["a third target group", { groups: [{ ...blue, weight: 50 }, green] }, {}, ["traffic"]],
    ["an alarm", {}, { alarms: alarms({ [alarm]: "ALARM" }) }, ["alarm"]],
    ["an alarm that is not there", {}, { alarms: new Map() }, ["alarm"]],
    ["a release that failed", { executions: [failed] }, {}, ["failed"]],
    [
      "a failed release with a fix by hand",
      { executions: [failed], deployments: [{ ...good, createTime: before(1) }] },
      {},
      [],
    ],
    [
      "a failed release and its rollback",
      { executions: [failed], deployments: [automatic, good] },
      {},
      ["failed"],
    ],
    ["a release by hand that failed", { deployments: [byHand("Stopped"), good] }, {}, ["failed"]],
    [
      "tasks that fail while a build runs",
      { executions: [running], groups: [{ ...blue, healthy: 0 }, green] },
      {},
      ["tasks"],
    ],
    [
      "the pipeline's own first run",
      { executions: [{ ...failed, trigger: { triggerType: "CreatePipeline" } }] },
      {},
      [],
    ],
    ["suspended scaling", {}, { scalableTargets: scalable }, ["scaling-suspended"]],
    ["no pipeline", { executions: undefined }, {}, ["incomplete"]],
    ["no service", { service: undefined, tasks: [] }, {}, ["incomplete"]],
  ])("flags %s", (_, change, around, expected) => {
    expect(kinds(change, around)).toEqual(expected);
  });

  it("has the image of a tag, and a release by hand as the last good one", () => {
    const tagged = { own: { imageTag: "01234567-8" }, deployments: [byHand("Succeeded"), good] };
    expect(status(tagged)).toMatchObject({
      state: "released",
      lastGood: { deployment: "d-HAND" },
      flags: [],
    });
  });

  it("flags nothing that a deployment in flight has for a while", () => {
    const inFlight = {
      executions: [running],
      deployments: [deploying, good],
      tasks: [task(ONE), task(TWO, "ecs-svc/2")],
      groups: [
        { ...blue, weight: 90 },
        { ...green, weight: 10 },
      ] as const,
    };
    const { digests, flags, release } = status(inFlight, { scalableTargets: scalable }, "AllowTraffic");
    expect(flags).toEqual([]);
    expect(digests).toEqual([ONE, TWO]);
    expect(release).toEqual({
      execution: "e-3",
      deployment: "d-2",
      step: "AllowTraffic",
      since: before(2).toISOString(),
    });
  });

  it("is absent, or a placeholder, before a release", () => {
    expect(status({ service: undefined }).state).toBe("absent");
    expect(status({ own: undefined }).state).toBe("placeholder");
  });
});

test("the table has a row for each delivery, and flags below", () => {
  const absent = status({
    service: undefined,
    executions: undefined,
    groups: [{ ...blue, weight: 0 }, green],
  });
  const text = statusLines(
    [status({ image: undefined }), status({ executions: [running] }, {}, "Build"), absent],
    NOW,
  );
  expect(text.split("\n").map((line) => line.replaceAll(/ {2,}/g, "  "))).toEqual([
    "service  environment  runs  healthy  traffic  release  alarms",
    "web  dev  01234567 Add refunds  2/2  blue 100 %  last good 3 h ago  OK",
    "  Jo, 3 h ago",
    "  sha256:111111111111",
    "web  dev  01234567 Add refunds  2/2  blue 100 %  in flight: Build, since 2 min  OK",
    "  Jo, 3 h ago  last good 3 h ago",
    "  sha256:111111111111",
    "web  dev  not deployed  -  -  -  OK",
    `! web dev: ECR no longer has the image ${IMAGE}: a task that stops cannot be replaced`,
    `! web dev: AWS does not have the ECS service ${delivery.names.service}, the pipeline ${delivery.names.pipeline}: deploy the stacks`,
  ]);
});
