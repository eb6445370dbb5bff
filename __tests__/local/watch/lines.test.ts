import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newCounts, type Counts } from "../../../src/local/services/elb/metrics/counters";
import { TrafficFile, trafficNow } from "../../../src/local/services/elb/metrics/traffic-file";
import { stateLines, trafficLine } from "../../../src/local/watch/lines";
import type { GroupState, Snapshot } from "../../../src/local/watch/snapshot";
import { weightsOf } from "../../../src/aws/traffic-weights";

const blue: GroupState = {
  name: "blue",
  arn: "arn:aws:elasticloadbalancing:eu-central-1:222222222222:targetgroup/web-blue/0123456789abcdef",
  weight: 90,
  healthy: 2,
  targets: 2,
  taskSet: { status: "PRIMARY", revision: "1", running: 2, desired: 2 },
};
const green: GroupState = {
  name: "green",
  arn: "arn:aws:elasticloadbalancing:eu-central-1:222222222222:targetgroup/web-green/0123456789abcdef",
  weight: 10,
  healthy: 0,
  targets: 1,
};

test("the lines tell execution, stages, weights, tasks and health", () => {
  const snapshot: Snapshot = {
    execution: { id: "0f1e2d3c-aaaa", status: "InProgress" },
    stages: [{ name: "Source", status: "Succeeded" }, { name: "Build" }],
    groups: [blue, green],
  };
  expect(stateLines(snapshot)).toEqual([
    "execution 0f1e2d3c InProgress",
    "Source Succeeded > Build -",
    "blue   90 %  PRIMARY revision 1, 2 of 2 tasks run, 2 of 2 targets healthy",
    "green  10 %  no task set",
  ]);
  expect(stateLines({ stages: [], groups: [] })[0]).toBe("no execution of the pipeline yet");
});

test("traffic is the sum of both groups, as the load balancer writes it", () => {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-"));
  const file = (name: string) => join(folder, name);
  expect(trafficNow(file)).toBeUndefined();
  const counted = (targetGroup: string | undefined, requests: number, errors: number) => ({
    by: { loadBalancer: "app/main/0123456789abcdef", targetGroup },
    counts: {
      ...newCounts(),
      requests,
      target: [0, 0, requests - errors, 0, 0, errors] satisfies Counts["target"],
    },
  });
  new TrafficFile(file).write(
    [
      counted(undefined, 600, 3),
      counted("targetgroup/web-blue/0123456789abcdef", 90, 1),
      counted("targetgroup/web-green/0123456789abcdef", 10, 2),
      counted("targetgroup/other-blue/0123456789abcdef", 500, 0),
    ],
    1,
  );
  expect(trafficLine([blue, green], trafficNow(file)?.traffic ?? [])).toBe("100 requests/s, 3 errors/s");
  expect(trafficLine([blue, green], [])).toBe("0 requests/s, 0 errors/s");
  rmSync(folder, { recursive: true });
});

const weighted = (...groups: [string, number][]) => ({
  Actions: [
    { ForwardConfig: { TargetGroups: groups.map(([arn, Weight]) => ({ TargetGroupArn: arn, Weight })) } },
  ],
});

test.each([
  ["one group", [{ Actions: [{ TargetGroupArn: "b" }] }], [100, 0]],
  ["both, in percent of their sum", [weighted(["b", 1], ["g", 3])], [25, 75]],
  ["another service's rule comes first", [weighted(["x", 1]), weighted(["g", 100], ["b", 0])], [0, 100]],
  ["no rule", [{ Actions: [{}] }], [0, 0]],
])("weights of %s", (_, rules, expected) => {
  expect(weightsOf(rules, ["b", "g"])).toEqual(expected);
});
