import type { ContainerDefinition } from "@aws-sdk/client-ecs";

/** A container of a task that is being started. */
export interface Progress {
  readonly running: boolean;
  /** Undefined while it runs. */
  readonly exitCode?: number | undefined;
  readonly health: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
}

type Verdict = "met" | "open" | "failed";

/** Whether a dependency on a container is met. @param progress Undefined if it was not started. */
export function dependency(condition: string | undefined, progress: Progress | undefined): Verdict {
  if (!progress) return "open";
  const { running, exitCode, health } = progress;
  switch (condition) {
    case "COMPLETE":
      return running ? "open" : "met";
    case "SUCCESS":
      if (running) return "open";
      return exitCode === 0 ? "met" : "failed";
    case "HEALTHY":
      if (health === "HEALTHY") return "met";
      return running && health === "UNKNOWN" ? "open" : "failed";
    default:
      return "met";
  }
}

/** What can be started now, and which dependency can never be met. */
export interface Next {
  readonly start: readonly string[];
  readonly failed?: { readonly container: string; readonly on: string };
}

/** @param progress Of the containers that were started, by name. */
export function nextContainers(
  definitions: readonly ContainerDefinition[],
  progress: ReadonlyMap<string, Progress>,
): Next {
  const start: string[] = [];
  for (const { name = "", dependsOn = [] } of definitions) {
    if (progress.has(name)) continue;
    const verdicts = dependsOn.map(({ containerName = "", condition }) => ({
      on: containerName,
      verdict: dependency(condition, progress.get(containerName)),
    }));
    const failed = verdicts.find(({ verdict }) => verdict === "failed");
    if (failed) return { start: [], failed: { container: name, on: failed.on } };
    if (verdicts.every(({ verdict }) => verdict === "met")) start.push(name);
  }
  return { start };
}

/** The containers that others wait for to end. */
export const endsByItself = (definitions: readonly ContainerDefinition[], name: string) =>
  definitions.some(({ dependsOn = [] }) =>
    dependsOn.some(
      ({ containerName, condition = "" }) =>
        containerName === name && ["COMPLETE", "SUCCESS"].includes(condition),
    ),
  );
