import type { Fault } from "../../../config/fault";
import type { Settings } from "../../settings";

/** Bounds and targets that Application Auto Scaling refuses together. */
export function impossibleScaling({ scaling }: Settings): Fault[] {
  if (!scaling) return [];
  const { cpuPercent, max, memoryPercent, min, requestsPerTarget } = scaling;
  const faults: Fault[] = [];
  if (max < min) faults.push({ path: ["max"], expected: `at least min, ${min}`, got: max });
  if (cpuPercent === undefined && memoryPercent === undefined && requestsPerTarget === undefined)
    faults.push({
      path: [],
      expected: "at least one of cpuPercent, memoryPercent and requestsPerTarget",
      got: scaling,
    });
  return faults;
}

/** A number of tasks that autoscaling changes as soon as the service exists. */
export function unscaledCount({ scaling, task: { desiredCount } }: Settings): Fault[] {
  if (!scaling || scaling.max < scaling.min) return [];
  const { max, min } = scaling;
  return desiredCount >= min && desiredCount <= max
    ? []
    : [
        {
          path: ["desiredCount"],
          expected: `a number of tasks from scaling.min, ${min}, to scaling.max, ${max}; left out, it is min`,
          got: desiredCount,
        },
      ];
}
