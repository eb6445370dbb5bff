import type { DeploymentReadyOption } from "@aws-sdk/client-codedeploy";
import { withDeadline, type Begun } from "../../../../src/local/services/codedeploy/model/document";
import type { EventName } from "../../../../src/local/services/codedeploy/model/events";
import {
  failed,
  marked,
  nextOf,
  pendingEvents,
} from "../../../../src/local/services/codedeploy/model/lifecycle";
import { begun } from "./support";

/** A deployment whose events before one have succeeded. */
function before(event: EventName | undefined, changes: Partial<Begun> = {}): Begun {
  const deployment = begun(changes);
  let { target } = deployment;
  for (const { lifecycleEventName: name } of target.lifecycleEvents) {
    if (name === event) break;
    target = marked(target, name, "Succeeded", 1);
  }
  return { ...deployment, target };
}

const options = (action: "TERMINATE" | "KEEP_ALIVE", ready: DeploymentReadyOption): Pick<Begun, "info"> => ({
  info: {
    ...begun().info,
    blueGreenDeploymentConfiguration: {
      terminateBlueInstancesOnDeploymentSuccess: { action },
      deploymentReadyOption: ready,
    },
  },
});
const waiting = options("TERMINATE", { actionOnTimeout: "STOP_DEPLOYMENT", waitTimeInMinutes: 5 });
const keeping = options("KEEP_ALIVE", { actionOnTimeout: "CONTINUE_DEPLOYMENT" });

const running = (event: EventName) => {
  const deployment = before(event);
  return { ...deployment, target: marked(deployment.target, event, "InProgress", 1) };
};

describe("the next phase", () => {
  test.each<[string, Begun, object]>([
    ["the first event starts", before("BeforeInstall"), { do: "start", event: "BeforeInstall" }],
    ["an event that was started goes on", running("Install"), { do: "run", event: "Install" }],
    [
      "no wait without STOP_DEPLOYMENT",
      before("BeforeAllowTraffic", keeping),
      { do: "start", event: "BeforeAllowTraffic" },
    ],
    [
      "a wait before production traffic",
      before("BeforeAllowTraffic", waiting),
      { do: "wait until it is continued" },
    ],
    [
      "no wait after it was continued",
      before("BeforeAllowTraffic", { ...waiting, requests: { continued: ["READY_WAIT"], hooks: {} } }),
      { do: "start", event: "BeforeAllowTraffic" },
    ],
    ["blue ends after all events", before(undefined, waiting), { do: "end blue" }],
    ["blue is kept", before(undefined, keeping), { do: "succeed" }],
    [
      "a rollback does not end blue",
      before(undefined, { ...waiting, rollsBack: begun().notes }),
      { do: "succeed" },
    ],
  ])("%s", (_, deployment, next) => {
    expect(nextOf(deployment)).toEqual(next);
  });
});

test("without a test listener there are no events for its traffic", () => {
  expect(pendingEvents(false).map(({ lifecycleEventName }) => lifecycleEventName)).toEqual([
    "BeforeInstall",
    "Install",
    "AfterInstall",
    "BeforeAllowTraffic",
    "AllowTraffic",
    "AfterAllowTraffic",
  ]);
});

test("an event has a start and an end, and when the deployment fails, the later ones are skipped", () => {
  const target = marked(
    marked(begun().target, "BeforeInstall", "InProgress", 1),
    "BeforeInstall",
    "Succeeded",
    2,
  );
  const { lifecycleEvents, status } = failed(marked(target, "Install", "InProgress", 3), 4);
  expect(status).toBe("Failed");
  expect(lifecycleEvents.slice(0, 3)).toEqual([
    { lifecycleEventName: "BeforeInstall", status: "Succeeded", startTime: 1, endTime: 2 },
    { lifecycleEventName: "Install", status: "Failed", startTime: 3, endTime: 4 },
    { lifecycleEventName: "AfterInstall", status: "Skipped" },
  ]);
  expect(new Set(lifecycleEvents.slice(2).map((event) => event.status))).toEqual(new Set(["Skipped"]));
});

test("the end of a wait stays as it was noted", () => {
  const once = withDeadline(begun(), "Ready", 1_000);
  expect(withDeadline(once, "Ready", 60_000).notes.deadlines).toEqual(once.notes.deadlines);
});
