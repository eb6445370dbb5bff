import { GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { ifPresent } from "../read/if-present";

/**
 * Makes sure that people have not closed the environment: what stops the pipeline before its approval or its
 * deployment stops a promotion, too.
 *
 * @throws Failure if a transition to one of these stages is disabled.
 */
export async function requireOpen(
  { shared }: DeliveryClients,
  { environment, names, service }: Delivery,
): Promise<void> {
  const state = await ifPresent(
    shared.codepipeline.send(new GetPipelineStateCommand({ name: names.pipeline })),
  );
  const closed = state?.stageStates?.find(
    ({ inboundTransitionState, stageName = "" }) =>
      [names.approvalStage, names.deployStage].includes(stageName) &&
      inboundTransitionState?.enabled === false,
  );
  if (!closed) return;
  const { disabledReason = "no reason", lastChangedBy = "somebody" } = closed.inboundTransitionState ?? {};
  throw new Failure(
    `${service.name} ${environment.name}: ${lastChangedBy} has disabled the transition to ${closed.stageName ?? ""} of ${names.pipeline}: ${disabledReason}`,
    "enable it in CodePipeline when releases are allowed again",
  );
}
