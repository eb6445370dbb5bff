import type { Task } from "@aws-sdk/client-ecs";
import type { Delivery } from "../../system/system";

/** The digests that a service's tasks run, as ECS reports them, each once, the one of most tasks first. */
export function runningDigests({ service }: Delivery, tasks: readonly Task[]): string[] {
  const counts = new Map<string, number>();
  for (const { containers = [], lastStatus } of tasks) {
    const digest = containers.find(({ name }) => name === service.name)?.imageDigest;
    if (lastStatus === "RUNNING" && digest !== undefined) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([digest]) => digest);
}

const SHORT = 12;

/** Such as `sha256:74b2c688c700`. */
export const shortDigest = (digest: string) => digest.slice(0, "sha256:".length + SHORT);
