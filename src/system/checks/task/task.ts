import type { Fault } from "../../../config/fault";
import type { Settings } from "../../settings";
import { memoriesOf } from "./fargate";
import { namedTwice } from "../named-twice";
import { impossibleSidecars } from "./sidecars";

/** Settings of a task that Fargate or ECS refuses together. */
export const impossibleTask = (settings: Settings, service: string): Fault[] => [
  ...impossibleSize(settings),
  ...namedTwice(settings.task),
  ...uselessKeys(settings),
  ...shellWithoutFiles(settings),
  ...impossibleSidecars(settings, service),
];

function impossibleSize({ task: { cpu, memory } }: Settings): Fault[] {
  const memories = memoriesOf(cpu);
  if (memories === undefined)
    return [
      {
        path: ["cpu"],
        expected: "CPU units that Fargate has: 256, 512, 1024, 2048, 4096, 8192 or 16384",
        got: cpu,
      },
    ];
  if (memories.includes(memory)) return [];
  const expected = `MiB that Fargate allows with ${cpu} CPU units: ${memories.join(", ")}`;
  return [{ path: ["memory"], expected, got: memory }];
}

/** Keys that encrypt none of the secrets, because there are none. */
function uselessKeys({ task }: Settings): Fault[] {
  const secrets = [task, ...Object.values(task.sidecars)].flatMap((one) => Object.keys(one.secrets));
  if (task.secretKeyArns.length === 0 || secrets.length > 0) return [];
  const expected = "secrets that these keys encrypt in task.secrets, or no keys";
  return [{ path: ["secretKeyArns"], expected, got: task.secretKeyArns }];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-considerations */
function shellWithoutFiles({ task: { exec, readonlyRootFilesystem } }: Settings): Fault[] {
  if (!exec || !readonlyRootFilesystem) return [];
  const expected = "false, or exec: false: the agent of ECS Exec writes to the container's files";
  return [{ path: ["readonlyRootFilesystem"], expected, got: true }];
}
