import {
  GetPipelineExecutionCommand,
  ListActionExecutionsCommand,
  type ActionExecutionDetail,
} from "@aws-sdk/client-codepipeline";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { ifPresent } from "../read/if-present";
import { readStep } from "../read/step";
import { lookAtDeployment } from "./deployment";
import type { Outcome, Seen } from "./follow";

/** Ends of an execution in which no deployment decides. */
const ENDS: Readonly<Record<string, readonly [Outcome["result"], string]>> = {
  Succeeded: ["succeeded", "succeeded"],
  Superseded: ["superseded", "was superseded by a newer one"],
  Stopped: ["failed", "was stopped"],
  Cancelled: ["failed", "was cancelled"],
};

/** The actions of an execution, the newest first. */
export async function readActions(
  { shared: { codepipeline } }: DeliveryClients,
  { names: { pipeline: pipelineName } }: Delivery,
  pipelineExecutionId: string,
): Promise<ActionExecutionDetail[]> {
  const filter = { pipelineExecutionId };
  const found = await codepipeline.send(new ListActionExecutionsCommand({ pipelineName, filter }));
  return found.actionExecutionDetails ?? [];
}

/** The id of the deployment that an execution has begun. */
export const deploymentOf = (actions: readonly ActionExecutionDetail[]) =>
  actions.find(({ input }) => input?.actionTypeId?.provider === "CodeDeployToECS")?.output?.executionResult
    ?.externalExecutionId;

/** Looks at an execution of the pipeline, and at its deployment. */
export function lookAtExecution(
  clients: DeliveryClients,
  delivery: Delivery,
  execution: string,
): () => Promise<Seen | Outcome> {
  const { pipeline: pipelineName } = delivery.names;
  let atDeployment: (() => Promise<Seen | Outcome>) | undefined;
  return async () => {
    const found = await ifPresent(
      clients.shared.codepipeline.send(
        new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId: execution }),
      ),
    );
    const { status = "" } = found?.pipelineExecution ?? {};
    if (status === "") throw new Failure(`${pipelineName} has no execution ${execution}`);
    const [result, text] = ENDS[status] ?? [];
    if (result !== undefined) return { result, text: `${execution} ${text ?? ""}`, execution };
    const actions = await readActions(clients, delivery, execution);
    const deployment = deploymentOf(actions);
    if (deployment !== undefined) {
      atDeployment ??= lookAtDeployment(clients, delivery, deployment);
      const seen = await atDeployment();
      // The pipeline sees the end of its deployment a little later.
      if (!("result" in seen) || status === "Failed")
        return { ...seen, ...("result" in seen && { execution }) };
      return { step: `${deployment} has ended; the pipeline has not` };
    }
    if (status === "Failed") return { result: "failed", text: failureOf(execution, actions), execution };
    const step = (await readStep(clients, delivery, undefined, execution)) ?? status;
    return { step, waits: step.includes("approval") };
  };
}

function failureOf(execution: string, actions: readonly ActionExecutionDetail[]): string {
  const failed = actions.find(({ status }) => status === "Failed");
  const { errorDetails, externalExecutionSummary } = failed?.output?.executionResult ?? {};
  const message = errorDetails?.message ?? externalExecutionSummary;
  return [`${execution} failed`, failed && ` in ${failed.actionName ?? ""}`, message && `: ${message}`]
    .filter(Boolean)
    .join("");
}
