import { memoriesOf } from "../../../system/checks/task/fargate";
import type { Problem } from "../finding";
import { isUnknown } from "../placeholders";
import type { TaskDefinition } from "./task-definition-shape";

/** CPU units or MiB of a size, which may have a unit: `512`, `.5 vCPU`, `2GB`. */
function unitsOf(size = ""): number {
  const [, number, unit] = /^([\d.]+)\s*(vcpu|gb)?$/i.exec(size.trim()) ?? [];
  return Number(number) * (unit === undefined ? 1 : 1024);
}

/** Fargate has certain sizes, and the containers of a task share its size. */
export function checkSize({ containerDefinitions, cpu, memory }: TaskDefinition): Problem[] {
  if (isUnknown(cpu) || isUnknown(memory)) return [];
  const memories = memoriesOf(unitsOf(cpu));
  if (memories === undefined)
    return [
      {
        path: ["cpu"],
        expected: "CPU units that Fargate has",
        got: cpu,
        next: "write 256, 512, 1024, 2048, 4096, 8192 or 16384",
      },
    ];
  if (!memories.includes(unitsOf(memory)))
    return [
      {
        path: ["memory"],
        expected: `MiB that Fargate allows with ${cpu ?? ""} CPU units`,
        got: memory,
        next: `write one of ${memories.join(", ")}`,
      },
    ];
  return (["cpu", "memory"] as const).flatMap((key) => {
    const total = containerDefinitions.reduce((sum, container) => sum + (Number(container[key]) || 0), 0);
    const limit = unitsOf(key === "cpu" ? cpu : memory);
    return total <= limit
      ? []
      : [
          {
            path: [key],
            expected: `at least ${total}, the total of the containers`,
            got: limit,
            next: "otherwise ECS rejects the task definition",
          },
        ];
  });
}
