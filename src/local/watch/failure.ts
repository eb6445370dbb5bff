import type { Delivery } from "../../system/system";
import type { Embedded } from "../reconcile/embedded";
import { Evidence } from "../rehearse/evidence";
import { detailLines } from "../rehearse/report";

/** What AWS says about an execution that failed, and where there is more. */
export async function failureLines(
  embedded: Embedded,
  delivery: Delivery,
  executionId: string,
): Promise<string[]> {
  const steps = await new Evidence(embedded, delivery).steps(executionId);
  return [
    ...new Set(detailLines(steps, [])),
    `The logs of the builds are in ${embedded.file("builds")}, and in the log group ${delivery.names.buildLogGroup}`,
  ];
}
