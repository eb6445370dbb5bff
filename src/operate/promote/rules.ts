import { GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import { ifPresent } from "../read/if-present";

/**
 * Makes sure that the tasks of an environment can run an image that another one has built.
 *
 * @throws Failure if their processors differ.
 */
export function requireSameArchitecture(from: Delivery, to: Delivery): void {
  const [built, runs] = [from, to].map(({ settings }) => settings.task.architecture);
  if (built === runs) return;
  throw new Failure(
    `${to.service.name} ${to.environment.name}: its tasks run on ${runs ?? ""}, and ${from.environment.name} builds images for ${built ?? ""}`,
    "give both environments one task.architecture, and deploy and release the first one again",
  );
}

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
