import type { Task } from "@aws-sdk/client-ecs";
import type { Delivery } from "../../system/system";

/**
 * The digests that a service's tasks run, as ECS reports them, each once.
 *
 * @param primary Id of the task set whose tasks come first.
 */
export function runningDigests({ service }: Delivery, tasks: readonly Task[], primary?: string): string[] {
  const running = tasks.filter(({ lastStatus }) => lastStatus === "RUNNING");
  const ofPrimary = running.filter(({ startedBy }) => startedBy === primary);
  const digests = [...ofPrimary, ...running].flatMap(
    ({ containers = [] }) => containers.find(({ name }) => name === service.name)?.imageDigest ?? [],
  );
  return [...new Set(digests)];
}

const SHORT = 12;

/** Such as `sha256:74b2c688c700`. */
export const shortDigest = (digest: string) => digest.slice(0, "sha256:".length + SHORT);
