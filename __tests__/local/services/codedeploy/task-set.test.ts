import type { Service, TaskSet } from "@aws-sdk/client-ecs";
import { functionName } from "../../../../src/local/services/codedeploy/hooks/function-name";
import { readAppSpec } from "../../../../src/local/services/codedeploy/model/app-spec";
import {
  checkLeftOver,
  createdBy,
  isSteady,
  leftOver,
  pairFor,
  primaryOf,
} from "../../../../src/local/services/codedeploy/model/groups";
import { greenTaskSet, withTaskSets } from "../../../../src/local/services/codedeploy/model/task-set";
import { begun, pair } from "./support";

const using = (targetGroupArn: string, more: TaskSet = {}): TaskSet => ({
  loadBalancers: [{ targetGroupArn }],
  ...more,
});
const groups = [
  { arn: "one", name: "a" },
  { arn: "two", name: "b" },
];

describe("green's target group", () => {
  test.each([
    ["one", "two"],
    ["two", "one"],
  ])("if the PRIMARY task set uses %s, it is %s", (used, free) => {
    expect(pairFor(using(used), groups).green.arn).toBe(free);
  });

  it("does not exist if the PRIMARY task set uses neither", () => {
    expect(() => pairFor(using("three"), groups)).toThrow("one of those two target groups");
  });
});

test("task sets are found by what marks them", () => {
  const service: Service = {
    taskSets: [
      { id: "1", status: "PRIMARY", externalId: "d-OLD" },
      { id: "2", status: "ACTIVE", externalId: "d-NEW" },
      { id: "3", status: "ACTIVE" },
      { id: "4", status: "DRAINING", externalId: "d-OLDER" },
    ],
  };
  expect(primaryOf(service)?.id).toBe("1");
  expect(createdBy(service, "d-NEW")?.id).toBe("2");
  expect(leftOver(service, "d-NEW").map(({ id }) => id)).toEqual(["3"]);
  expect(() => {
    checkLeftOver(using("blue", { id: "ecs-svc/3" }), pair, ["listener"]);
  }).toThrow("TaskSet <ecs-svc/3> is behind prod listener listener.");
});

test.each([
  ["all run and are healthy", [2, 2, 0], 2, true],
  ["one is not healthy", [2, 2, 0], 1, false],
  ["one does not run yet", [2, 1, 1], 2, false],
  ["one starts beyond the wanted ones", [2, 2, 1], 2, false],
  ["none is wanted", [0, 0, 0], 0, true],
])(
  "a task set is steady if %s",
  (_, [computedDesiredCount, runningCount, pendingCount], healthy, expected) => {
    expect(isSteady({ computedDesiredCount, runningCount, pendingCount }, healthy)).toBe(expected);
  },
);

test("a task set that is gone is not steady", () => {
  expect(isSteady(undefined, 2)).toBe(false);
});

const LOAD_BALANCER = "LoadBalancerInfo: { ContainerName: app, ContainerPort: 80 }";
const file = (...properties: string[]) =>
  `Resources: [{ TargetService: { Properties: { ${["TaskDefinition: td", LOAD_BALANCER, ...properties].join(", ")} } } }]`;

describe("an AppSpec file", () => {
  it("is YAML or JSON, with the hooks by their events", () => {
    const hooks = `\nHooks: [{ BeforeInstall: one }, { AfterAllowTraffic: two }]`;
    expect(readAppSpec(file() + hooks).hooks).toEqual({ BeforeInstall: "one", AfterAllowTraffic: "two" });
    const properties = {
      TaskDefinition: "td",
      LoadBalancerInfo: { ContainerName: "app", ContainerPort: 80 },
    };
    const json = JSON.stringify({ version: 0, Resources: [{ Any: { Properties: properties } }] });
    expect(readAppSpec(json)).toEqual({ properties, hooks: {} });
  });

  test.each([
    ["", "TaskDefinition is missing"],
    ["Resources: [{ TargetService: { Properties: { TaskDefinition: td } } }]", "needs ContainerName"],
    ["Resources: [", "The AppSpec file is invalid"],
  ])("%j is refused", (text, error) => {
    expect(() => readAppSpec(text)).toThrow(error);
  });
});

describe("green's task set", () => {
  const primary: TaskSet = {
    launchType: "FARGATE",
    networkConfiguration: { awsvpcConfiguration: { subnets: ["blue"] } },
  };
  const input = (...properties: string[]) =>
    greenTaskSet("d-ABC", readAppSpec(file(...properties)).properties, primary, "group");

  it("has the network and launch type of the original one", () => {
    expect(input()).toEqual({
      externalId: "d-ABC",
      taskDefinition: "td",
      launchType: "FARGATE",
      networkConfiguration: primary.networkConfiguration,
      scale: { value: 100, unit: "PERCENT" },
      loadBalancers: [{ targetGroupArn: "group", containerName: "app", containerPort: 80 }],
    });
  });

  it("has what the AppSpec file names", () => {
    const made = input(
      "PlatformVersion: 1.4.0",
      "NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [own], AssignPublicIp: ENABLED } }",
      "CapacityProviderStrategy: [{ CapacityProvider: FARGATE_SPOT, Weight: 1 }]",
    );
    expect(made).toMatchObject({
      platformVersion: "1.4.0",
      networkConfiguration: { awsvpcConfiguration: { subnets: ["own"], assignPublicIp: "ENABLED" } },
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    });
    expect(made.launchType).toBeUndefined();
  });
});

test("a deployment shows its two task sets, and stays the same if they have not changed", () => {
  const notes = { ...begun().notes, greenTaskSet: "green-set", greenPercent: 10 };
  const service: Service = {
    taskSets: [
      { id: "1", taskSetArn: "blue-set", status: "PRIMARY", runningCount: 2 },
      { id: "2", taskSetArn: "green-set", status: "ACTIVE" },
      { id: "3", taskSetArn: "other", status: "DRAINING" },
    ],
  };
  const shown = withTaskSets(begun({ notes }), service);
  expect(shown.target.taskSetsInfo).toMatchObject([
    { identifer: "1", runningCount: 2, trafficWeight: 90, targetGroup: { name: "a" }, taskSetLabel: "Blue" },
    { identifer: "2", runningCount: 0, trafficWeight: 10, targetGroup: { name: "b" }, taskSetLabel: "Green" },
  ]);
  expect(withTaskSets(shown, service)).toBe(shown);
});

test.each([
  ["check", "check"],
  ["check:live", "check"],
  ["arn:aws:lambda:eu-west-1:111111111111:function:check", "check"],
  ["arn:aws:lambda:eu-west-1:111111111111:function:check:3", "check"],
])("the name of the function %s is %s", (reference, name) => {
  expect(functionName(reference)).toBe(name);
});
