import type { Fault, Path } from "../../../config/fault";
import type { Settings } from "../../settings";
import { namedTwice } from "../named-twice";

type Sidecar = Settings["task"]["sidecars"][string];

const XRAY_CONTAINER = "xray-daemon";
const XRAY_PORT = 2000;
/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_CONTAINERS = 10;

/** Containers that ECS refuses in one task, or that cannot run there. */
export function impossibleSidecars(settings: Settings, service: string): Fault[] {
  const { sidecars, xray } = settings.task;
  const entries = Object.entries(sidecars);
  const most = MAX_CONTAINERS - (xray ? 2 : 1);
  return [
    ...entries.filter(([name]) => name === service).map(([name]) => clashingName(name)),
    ...(entries.length > most ? [tooMany(most, entries.length)] : []),
    ...tooLarge(settings, "cpu", "CPU units"),
    ...tooLarge(settings, "memory", "MiB"),
    ...sharedPorts(settings, entries),
    ...entries.flatMap(([name, sidecar]) =>
      namedTwice(sidecar).map((fault) => ({ ...fault, path: ["sidecars", name, ...fault.path] })),
    ),
    ...impossibleDependencies(settings, service),
  ];
}

const clashingName = (name: string): Fault => ({
  path: ["sidecars", name],
  expected: "another name than the service's, which is the name of its container",
  got: name,
  atKey: true,
});

const tooMany = (most: number, got: number): Fault => ({
  path: ["sidecars"],
  expected: `at most ${most} sidecars: a task has at most ${MAX_CONTAINERS} containers`,
  got,
});

/** The service's container has no size of its own: it uses what its sidecars leave. */
function tooLarge({ task }: Settings, key: "cpu" | "memory", unit: string): Fault[] {
  const total = Object.values(task.sidecars).reduce((sum, sidecar) => sum + (sidecar[key] ?? 0), 0);
  if (total < task[key]) return [];
  const expected = `sidecars with less than the task's ${task[key]} ${unit} together, so that the service has some`;
  return [{ path: ["sidecars"], expected, got: total }];
}

function sharedPorts({ port, task }: Settings, entries: readonly (readonly [string, Sidecar])[]): Fault[] {
  const owners = new Map([[port, "the service"]]);
  // The daemon listens to UDP for segments and to TCP for sampling rules.
  const clash: Fault = { path: ["xray"], expected: `false, or another port than ${XRAY_PORT}`, got: true };
  const faults = task.xray && port === XRAY_PORT ? [clash] : [];
  if (task.xray) owners.set(XRAY_PORT, XRAY_CONTAINER);
  const ofSidecars = entries.flatMap(([name, { port: own }]): Fault[] => {
    if (own === undefined) return [];
    const owner = owners.get(own);
    if (owner === undefined) {
      owners.set(own, `sidecar ${name}`);
      return [];
    }
    return [{ path: ["sidecars", name, "port"], expected: `another port than ${owner}`, got: own }];
  });
  return [...faults, ...ofSidecars];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
function impossibleDependencies({ task }: Settings, service: string): Fault[] {
  const waits = new Map<string, { readonly at: Path; readonly on: Readonly<Record<string, string>> }>([
    [service, { at: ["dependsOn"], on: task.dependsOn }],
    ...Object.entries(task.sidecars).map(
      ([name, { dependsOn }]) => [name, { at: ["sidecars", name, "dependsOn"], on: dependsOn }] as const,
    ),
  ]);
  const known = [...waits.keys(), ...(task.xray ? [XRAY_CONTAINER] : [])];
  /** Whether a container waits for itself in the end. */
  const leadsTo = (goal: string, from: string, seen = new Set<string>()): boolean =>
    Object.keys(waits.get(from)?.on ?? {}).some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      return leadsTo(goal, next, seen.add(next));
    });
  return [...waits].flatMap(([name, { at, on }]) =>
    Object.entries(on).flatMap(([other, condition]): Fault[] => {
      const fault = (expected: string, got: string, atKey = false) => [
        { path: [...at, other], expected, got, atKey },
      ];
      const others = known.filter((one) => one !== name);
      if (other !== name && !others.includes(other))
        return fault(
          `one of the task's other containers: ${others.join(", ") || "there is none"}`,
          other,
          true,
        );
      if (other === name || leadsTo(name, other))
        return fault("containers that do not wait for each other", other, true);
      const target = Object.hasOwn(task.sidecars, other) ? task.sidecars[other] : undefined;
      if (condition === "HEALTHY" && target?.healthCheck === undefined)
        return fault(`START, or a healthCheck of ${other}`, condition);
      if ((condition === "COMPLETE" || condition === "SUCCESS") && (target?.essential ?? other === service))
        return fault(`START or HEALTHY: ${other} is essential, so the task stops when it ends`, condition);
      return [];
    }),
  );
}
