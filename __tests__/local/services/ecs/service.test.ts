import { timeWith } from "../../../../src/local/reconcile/time";
import type {
  ServiceDocument,
  TaskDocument,
  TaskSetDocument,
} from "../../../../src/local/services/ecs/document";
import {
  counted,
  difference,
  failsConsistently,
  notBefore,
  within,
} from "../../../../src/local/services/ecs/service/counts";
import { observed } from "../../../../src/local/services/ecs/service/observation";

const time = timeWith(60);

const task = (arn: string, changes: Partial<TaskDocument> = {}): TaskDocument => ({
  arn,
  startedBy: "ecs-svc/1",
  taskDefinition: "web:1",
  lastStatus: "RUNNING",
  desiredStatus: "RUNNING",
  stoppedReason: null,
  address: "10.0.0.4",
  createdAt: 100,
  startedAt: 110,
  stoppedAt: null,
  healthStatus: "UNKNOWN",
  containers: [],
  ...changes,
});

const pending = (arn: string, createdAt = 100) =>
  task(arn, { lastStatus: "PENDING", startedAt: null, createdAt });

const stopped = (arn: string, stoppedAt = 1000, stoppedReason = "Essential container in task exited") =>
  task(arn, { lastStatus: "STOPPED", desiredStatus: "STOPPED", stoppedAt, stoppedReason });

describe("the tasks to start and to stop", () => {
  test.each([
    { name: "none are wanted, none are there", wanted: 0, tasks: [], start: 0, stop: [] },
    { name: "all are missing", wanted: 2, tasks: [], start: 2, stop: [] },
    { name: "one that starts counts", wanted: 2, tasks: [pending("a"), task("b")], start: 0, stop: [] },
    { name: "stopped ones do not count", wanted: 2, tasks: [stopped("a"), task("b")], start: 1, stop: [] },
    {
      name: "one that is being stopped does not count",
      wanted: 1,
      tasks: [task("a", { desiredStatus: "STOPPED" })],
      start: 1,
      stop: [],
    },
    {
      name: "one that starts is stopped first",
      wanted: 1,
      tasks: [pending("a"), task("b")],
      start: 0,
      stop: ["a"],
    },
    {
      name: "then the newest",
      wanted: 1,
      tasks: [task("new", { startedAt: 200 }), task("old"), pending("start")],
      start: 0,
      stop: ["new", "start"],
    },
    { name: "all", wanted: 0, tasks: [task("a"), pending("b")], start: 0, stop: ["a", "b"] },
  ])("$name", ({ wanted, tasks, start, stop }) => {
    expect(difference(wanted, tasks)).toEqual({ start, stop });
  });
});

describe("the wait before the next task", () => {
  const failures = (count: number) => Array.from({ length: count }, (_, index) => stopped(String(index)));

  test.each([
    [0, 0],
    [1, 5],
    [2, 10],
    [4, 40],
    [20, 300],
  ])("after %d failed tasks: %d s", (count, seconds) => {
    const expected = count === 0 ? 0 : 1_000_000 + time.scaled(seconds);
    expect(notBefore(failures(count), time)).toBe(expected);
  });

  test.each(["Scaling activity initiated by (deployment ecs-svc/1)", "Task stopped by user"])(
    "a task that was stopped is no failure: %s",
    (reason) => {
      expect(notBefore([stopped("a", 1000, reason)], time)).toBe(0);
      expect(failsConsistently([1, 2, 3].map((one) => stopped(String(one), 1000, reason)))).toBe(false);
    },
  );

  test("three failures are consistent", () => {
    expect(failsConsistently(failures(2))).toBe(false);
    expect(failsConsistently(failures(3))).toBe(true);
  });
});

test.each([
  [1, { min: 2, max: 4 }, 2],
  [3, { min: 2, max: 4 }, 3],
  [9, { min: 2, max: 4 }, 4],
])("a desired count of %d within %o is %d", (desired, limits, expected) => {
  expect(within(desired, limits)).toBe(expected);
});

const taskSet = (changes: Partial<TaskSetDocument> = {}): TaskSetDocument => ({
  id: "ecs-svc/1",
  arn: "arn",
  status: "PRIMARY",
  taskDefinition: "web:1",
  launchType: "FARGATE",
  networkConfiguration: null,
  loadBalancers: [],
  healthCheckPorts: [],
  computedDesiredCount: 2,
  runningCount: 0,
  pendingCount: 0,
  stabilityStatus: "STABILIZING",
  ...changes,
});

describe("the counts of a task set", () => {
  test.each([
    { tasks: [task("a"), task("b")], healthy: true, counts: [2, 0, "STEADY_STATE"] },
    { tasks: [task("a"), task("b")], healthy: false, counts: [2, 0, "STABILIZING"] },
    { tasks: [task("a"), pending("b")], healthy: true, counts: [1, 1, "STABILIZING"] },
    { tasks: [task("a"), task("b"), pending("c")], healthy: true, counts: [2, 1, "STABILIZING"] },
    { tasks: [task("a"), stopped("b")], healthy: true, counts: [1, 0, "STABILIZING"] },
  ])("%#", ({ tasks, healthy, counts }) => {
    const { runningCount, pendingCount, stabilityStatus } = counted(taskSet(), tasks, () => healthy);
    expect([runningCount, pendingCount, stabilityStatus]).toEqual(counts);
  });
});

describe("a service as it is seen", () => {
  const service = (changes: Partial<ServiceDocument> = {}): ServiceDocument => ({
    name: "web",
    cluster: "main",
    status: "ACTIVE",
    desiredCount: 2,
    healthCheckGracePeriodSeconds: 0,
    events: [],
    taskSets: [taskSet()],
    tasks: [task("a"), task("b")],
    ...changes,
  });

  const see = (document: ServiceDocument, now = 1_000_000) =>
    observed(document, {
      isHealthy: () => true,
      healthOf: (one) => one,
      events: ["first", "second"],
      time,
      now,
    });

  test("gets its events, the newest first, and says once that it is steady", () => {
    const once = see(service());
    expect(once.events.map(({ message }) => message)).toEqual([
      "(service web) has reached a steady state.",
      "second",
      "first",
    ]);
    expect(see(once).events.filter(({ message }) => message.includes("steady"))).toHaveLength(1);
  });

  test("says once that its tasks cannot be started", () => {
    const once = see(service({ tasks: [stopped("a"), stopped("b"), stopped("c")] }));
    const said = (document: ServiceDocument) =>
      document.events.filter(({ message }) => message.includes("unable to consistently start tasks")).length;
    expect([said(once), said(see(once))]).toEqual([1, 1]);
  });

  test("forgets a stopped task after an hour", () => {
    const document = service({ tasks: [stopped("a", 1000)] });
    expect(see(document, 1_000_000 + 59_000).tasks).toHaveLength(1);
    expect(see(document, 1_000_000 + 60_000).tasks).toHaveLength(0);
  });

  test("loses a draining task set with its last task", () => {
    const draining = { taskSets: [taskSet({ status: "DRAINING" as const, computedDesiredCount: 0 })] };
    expect(see(service(draining)).taskSets).toHaveLength(1);
    expect(see(service({ ...draining, tasks: [stopped("a")] })).taskSets).toHaveLength(0);
  });
});
