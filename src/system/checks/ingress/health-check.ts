import type { Fault } from "../../../config/fault";
import type { Settings } from "../../settings";

/** Health checks that a target group refuses. */
export function impossibleHealthCheck({ healthCheck }: Settings): Fault[] {
  const { codes, intervalSeconds, timeoutSeconds } = healthCheck;
  const faults: Fault[] = [];
  const [first = "", last = first] = codes.split("-");
  if (last < first)
    faults.push({ path: ["codes"], expected: `the lower code first, "${last}-${first}"`, got: codes });
  if (timeoutSeconds >= intervalSeconds)
    faults.push({
      path: ["timeoutSeconds"],
      expected: `less than healthCheck.intervalSeconds, ${intervalSeconds}`,
      got: timeoutSeconds,
    });
  return faults;
}
