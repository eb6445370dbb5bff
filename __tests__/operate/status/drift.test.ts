import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { taskDefinition } from "../../../src/delivery/task-definition";
import { driftOf } from "../../../src/operate/status/drift";
import { taskDefinitionOf } from "../../../src/stacks/delivered";
import { deliveryWith } from "../../support/delivery";

const SIDECAR = { image: "public.ecr.aws/docker/library/redis:7" };
const TASK = { cpu: 512, memory: 1024, variables: { A: "1", B: "2" }, sidecars: { cache: SIDECAR } };
const delivery = deliveryWith({ task: TASK });

/** What ECS answers for the task definition of settings: with its defaults, and lists in another order. */
function described(task: object = TASK): TaskDefinition {
  const expected = taskDefinition(taskDefinitionOf(deliveryWith({ task }))) as unknown as TaskDefinition;
  return {
    ...expected,
    revision: 7,
    volumes: [],
    containerDefinitions: expected.containerDefinitions?.map((container) => ({
      ...container,
      cpu: container.cpu ?? 0,
      volumesFrom: [],
      mountPoints: [],
      environment: [...(container.environment ?? [])].reverse(),
      ...(container.name === "web" && { image: "registry/web@sha256:1" }),
    })),
  };
}

describe("driftOf", () => {
  it("finds nothing in what ECS answers for the configuration", () => {
    expect(driftOf(delivery, described())).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ["cpu and memory", { ...TASK, cpu: 256, memory: 512 }, ["cpu", "memory"]],
    ["a variable that changed", { ...TASK, variables: { A: "1", B: "3" } }, ["web: variable B"]],
    ["a variable that was removed", { ...TASK, variables: { A: "1", B: "2", C: "3" } }, ["web: variable C"]],
    ["a variable that was added", { ...TASK, variables: { A: "1" } }, ["web: variable B"]],
    ["a sidecar that was added", { ...TASK, sidecars: {} }, ["container cache"]],
    [
      "a sidecar that was removed",
      { ...TASK, sidecars: { cache: SIDECAR, more: SIDECAR } },
      ["container more"],
    ],
    [
      "a sidecar's image",
      { ...TASK, sidecars: { cache: { image: `${SIDECAR.image}.1` } } },
      ["cache: image"],
    ],
    [
      "settings that were removed",
      { ...TASK, stopTimeoutSeconds: 60, user: "1000" },
      ["web: stopTimeout", "web: user"],
    ],
    ["storage that was removed", { ...TASK, ephemeralStorageGiB: 40 }, ["ephemeralStorage"]],
  ])("names %s, without values", (_, ran, names) => {
    expect(driftOf(delivery, described(ran))).toEqual(names);
  });
});
