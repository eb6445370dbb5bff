import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import { historyOf, rollbackDescription } from "../../../src/operate/release/history";

const release = (deploymentId: string, status: DeploymentInfo["status"] = "Succeeded"): DeploymentInfo => ({
  deploymentId,
  status,
  creator: "user",
});
const failed = (id: string): DeploymentInfo => ({
  ...release(id, "Failed"),
  rollbackInfo: { rollbackDeploymentId: `${id}R` },
});
const automatic = (id: string): DeploymentInfo => ({
  ...release(`${id}R`),
  creator: "codeDeployRollback",
  rollbackInfo: { rollbackTriggeringDeploymentId: id },
});
const byHand = (id: string, from: string, to: string, status: DeploymentInfo["status"] = "Succeeded") => ({
  ...release(id, status),
  description: rollbackDescription(from, to),
});

/** What should run, and what came before it. @param oldestFirst As they happened. */
function read(...oldestFirst: DeploymentInfo[]) {
  const { good, inFlight, newestIsRelease } = historyOf(oldestFirst.reverse());
  return {
    good: good.map(({ deploymentId }) => deploymentId),
    inFlight: inFlight?.deploymentId,
    newestIsRelease,
  };
}

describe("historyOf", () => {
  it.each<[string, DeploymentInfo[], ReturnType<typeof read>]>([
    ["nothing", [], { good: [], inFlight: undefined, newestIsRelease: false }],
    [
      "two releases",
      [release("d-A"), release("d-B")],
      { good: ["d-B", "d-A"], inFlight: undefined, newestIsRelease: true },
    ],
    [
      "good, failed, failed",
      [release("d-A"), failed("d-B"), automatic("d-B"), failed("d-C"), automatic("d-C")],
      { good: ["d-A"], inFlight: undefined, newestIsRelease: false },
    ],
    [
      "good, failed, good",
      [release("d-A"), failed("d-B"), automatic("d-B"), release("d-C")],
      { good: ["d-C", "d-A"], inFlight: undefined, newestIsRelease: true },
    ],
    [
      "a way back by hand",
      [release("d-A"), release("d-B"), byHand("d-X", "d-B", "d-A")],
      { good: ["d-A"], inFlight: undefined, newestIsRelease: false },
    ],
    [
      "a way back over two releases",
      [release("d-A"), release("d-B"), release("d-C"), byHand("d-X", "d-C", "d-A")],
      { good: ["d-A"], inFlight: undefined, newestIsRelease: false },
    ],
    [
      "a release after a way back",
      [release("d-A"), release("d-B"), byHand("d-X", "d-B", "d-A"), release("d-C")],
      { good: ["d-C", "d-A"], inFlight: undefined, newestIsRelease: true },
    ],
    [
      "a way back that failed",
      [release("d-A"), release("d-B"), byHand("d-X", "d-B", "d-A", "Failed")],
      { good: ["d-B", "d-A"], inFlight: undefined, newestIsRelease: false },
    ],
    [
      "a way back to a release that the list no longer has",
      [release("d-B"), release("d-C"), byHand("d-X", "d-C", "d-A"), release("d-D")],
      { good: ["d-D", "d-X"], inFlight: undefined, newestIsRelease: true },
    ],
    [
      "a release in flight",
      [release("d-A"), release("d-B", "InProgress")],
      { good: ["d-A"], inFlight: "d-B", newestIsRelease: false },
    ],
    [
      "a stopped release",
      [release("d-A"), release("d-B", "Stopped")],
      { good: ["d-A"], inFlight: undefined, newestIsRelease: false },
    ],
  ])("understands %s", (_, deployments, expected) => {
    expect(read(...deployments)).toEqual(expected);
  });
});
