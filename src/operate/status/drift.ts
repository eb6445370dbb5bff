import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import { taskDefinition } from "../../delivery/task-definition";
import { taskDefinitionOf } from "../../stacks/delivered";
import type { Delivery } from "../../system/system";

type Named = readonly { readonly name?: string }[] | undefined;

/** Lists whose order ECS does not keep, by what their items have in common. */
const NAMED: Readonly<Record<string, string>> = { environment: "variable", secrets: "secret" };

/** Settings of a container that ECS does not answer unless they were asked for. */
const OPTIONAL = [
  "command",
  "dependsOn",
  "healthCheck",
  "linuxParameters",
  "readonlyRootFilesystem",
  "stopTimeout",
  "ulimits",
  "user",
] as const satisfies readonly (keyof ContainerDefinition)[];

const isSet = (value: unknown) =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** Whether ECS's answer has what was asked for. ECS adds defaults, so it may have more. */
function has(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return actual === expected;
  if (typeof actual !== "object" || actual === null) return false;
  if (Array.isArray(actual) && Array.isArray(expected) && actual.length !== expected.length) return false;
  return Object.entries(expected).every(([key, value]) =>
    has((actual as Record<string, unknown>)[key], value),
  );
}

/** Names of the items of a list that only one of two has, or that differ. Values can be confidential. */
function namesThatDiffer(actual: Named = [], expected: Named = []): string[] {
  const names = new Set([...actual, ...expected].map(({ name = "" }) => name));
  const of = (list: NonNullable<Named>, wanted: string) => list.find(({ name }) => name === wanted);
  return [...names].filter((name) => !has(of(actual, name), of(expected, name) ?? {}) || !of(expected, name));
}

function containerDrift(
  name: string,
  actual: ContainerDefinition,
  expected: Readonly<Record<string, unknown>>,
) {
  const keys = new Set([...Object.keys(expected), ...Object.keys(NAMED), ...OPTIONAL]);
  return [...keys].flatMap((key) => {
    const [own, wanted] = [actual[key as keyof ContainerDefinition], expected[key]];
    const kind = NAMED[key];
    if (kind !== undefined)
      return namesThatDiffer(own as Named, wanted as Named).map((one) => `${name}: ${kind} ${one}`);
    const same = wanted === undefined ? !isSet(own) : has(own, wanted);
    return same ? [] : [`${name}: ${key}`];
  });
}

/**
 * What a task definition has in another way than the configuration, as short names such as `cpu` or
 * `web: variable MODE`. The image of the service's container is not compared.
 */
export function driftOf(delivery: Delivery, actual: TaskDefinition): string[] {
  const { containerDefinitions, ...expected } = taskDefinition(taskDefinitionOf(delivery));
  const own = actual.containerDefinitions ?? [];
  const keys = Object.entries(expected).filter(
    ([key, value]) => !has(actual[key as keyof TaskDefinition], value),
  );
  const containers = containerDefinitions.flatMap((container) => {
    const { name, ...wanted } = container;
    const found = own.find((one) => one.name === name);
    if (!found) return [`container ${name}`];
    const image = name === delivery.service.name ? { image: found.image } : {};
    return containerDrift(name, found, { ...wanted, ...image });
  });
  const more = own.filter(({ name }) => !containerDefinitions.some((one) => one.name === name));
  const storage = actual.ephemeralStorage && !("ephemeralStorage" in expected) ? ["ephemeralStorage"] : [];
  return [
    ...keys.map(([key]) => key),
    ...storage,
    ...containers,
    ...more.map(({ name = "" }) => `container ${name}`),
  ];
}
