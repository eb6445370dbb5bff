import { failedActions, faultsOf, type Outcome } from "../../../src/local/rehearse/judge";
import { reportOf } from "../../../src/local/rehearse/report";
import type { GroupState, Snapshot } from "../../../src/local/watch/snapshot";

const group = (
  name: "blue" | "green",
  weight: number,
  revision?: string,
  status = "PRIMARY",
): GroupState => ({
  name,
  arn: name,
  weight,
  healthy: 1,
  targets: 1,
  taskSet: revision === undefined ? undefined : { status, revision, running: 1, desired: 1 },
});

const snapshot = (status: string, ...groups: GroupState[]): Snapshot => ({
  execution: { id: "1", status },
  stages: [],
  groups,
});

const before = snapshot("Succeeded", group("blue", 100, "1"), group("green", 0));
const released: Outcome = {
  kind: "release",
  before,
  after: snapshot("Succeeded", group("blue", 0), group("green", 100, "2")),
  failedActions: [],
  load: { sent: 100, failed: 0, causes: [] },
  allowedFailures: 0,
  changedStacks: [],
};
const kept: Outcome = {
  ...released,
  kind: "unhealthy",
  after: snapshot("Failed", group("blue", 100, "1"), group("green", 0)),
  failedActions: ["Deploy"],
};

test("a release that serves the new version, and a failure that keeps the old one, are as they should be", () => {
  expect(faultsOf(released)).toEqual([]);
  expect(faultsOf(kept)).toEqual([]);
  expect(faultsOf({ ...kept, kind: "build", failedActions: ["Build"] })).toEqual([]);
  expect(
    faultsOf({ ...kept, kind: "5xx", allowedFailures: 9, load: { sent: 100, failed: 9, causes: ["503"] } }),
  ).toEqual([]);
});

test.each<[string, Outcome]>([
  [
    "the execution should end as Succeeded, got Failed",
    { ...released, after: { ...released.after, execution: { id: "1", status: "Failed" } } },
  ],
  ["no action should fail, got Deploy", { ...released, failedActions: ["Deploy"] }],
  ["Deploy should fail, got Build", { ...kept, failedActions: ["Build"] }],
  ["the new version should serve, got revision 1", { ...released, after: { ...before } }],
  [
    "the old version should serve, got revision 2",
    { ...kept, after: { ...released.after, execution: { id: "1", status: "Failed" } } },
  ],
  [
    "the task set that serves should be PRIMARY, got ACTIVE",
    { ...released, after: snapshot("Succeeded", group("blue", 0), group("green", 100, "2", "ACTIVE")) },
  ],
  [
    "one task set should be left, got 2",
    { ...released, after: snapshot("Succeeded", group("blue", 0, "1"), group("green", 100, "2")) },
  ],
  [
    "no task set gets all the traffic",
    { ...released, after: snapshot("Succeeded", group("blue", 90), group("green", 10, "2")) },
  ],
  [
    "at most 0 of 100 requests may fail, got 1: 502",
    { ...released, load: { sent: 100, failed: 1, causes: ["502"] } },
  ],
  ["the plan of dev should be empty", { ...released, changedStacks: ["dev"] }],
])("%s", (fault, outcome) => {
  expect(faultsOf(outcome)).toEqual([fault]);
});

const steps = [
  { name: "Source", category: "Source", status: "Succeeded", seconds: 1 },
  {
    name: "Deploy",
    category: "Deploy",
    role: "arn:aws:iam::1:role/deploy",
    status: "Failed",
    detail: "rolled back",
  },
  { name: "Install", status: "Failed", seconds: 2.04 },
];

test("only actions of the pipeline count as failed actions", () => {
  expect(failedActions(steps)).toEqual(["Deploy"]);
});

test("the report tells steps, AWS's words, the calls of each role, and the verdict", () => {
  const call = { time: "", roleArn: "arn:aws:iam::1:role/deploy", action: "ecs:RegisterTaskDefinition" };
  const stopped = ["Essential container in task exited"];
  const outcome = { ...kept, steps, stopped, calls: [call, call], fullyShifted: false };
  const { data, text } = reportOf(outcome, faultsOf(outcome));
  expect(text).toMatch(/│ Deploy +│ deploy +│ Failed +│ +│\n│ {3}Install +│ +│ Failed +│ 2\.0 s │/);
  expect(text).toContain(
    "What AWS says:\n  Deploy: rolled back\n  stopped task: Essential container in task exited\n",
  );
  expect(text).toContain("What each role called:\n  deploy: ecs:RegisterTaskDefinition\n");
  expect(text).toContain(
    "requests: 100, of which 0 failed; 0 may fail\nplans: all empty\n✓ unhealthy: ended as it should",
  );
  expect(data).toMatchObject({
    ok: true,
    faults: [],
    calls: { "arn:aws:iam::1:role/deploy": [call.action] },
  });
  expect(reportOf(outcome, ["one fault"]).text).toMatch(
    /✗ unhealthy: did not end as it should\n {2}one fault$/,
  );
});
