import { GetPipelineStateCommand } from "@aws-sdk/client-codepipeline";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { Failure, InputError } from "../../errors";
import type { Delivery } from "../../system/system";
import { readActions } from "../follow/execution";
import { ifPresent } from "../read/if-present";

/** A release that waits for a person. */
export interface Pending {
  readonly execution: string;
  readonly stage: string;
  readonly action: string;
  /** AWS accepts an answer with it only while this request is open. */
  readonly token: string;
  readonly commit?: string;
  /** Of the image that was built. */
  readonly digest?: string;
}

const DIGEST = /sha256:[0-9a-f]{64}/;

/**
 * The release that waits for approval.
 *
 * @param execution Only this one. @default - the one that waits
 * @throws InputError if the environment needs no approval; Failure if none waits, or another one does.
 */
export async function pendingApproval(
  clients: DeliveryClients,
  delivery: Delivery,
  execution?: string,
): Promise<Pending> {
  const { environment, names, service } = delivery;
  const place = `${service.name} ${environment.name}`;
  if (!environment.approval)
    throw new InputError(
      `environments.${environment.name}.approval: expected true, got false: releases to it wait for nobody`,
    );
  const state = await ifPresent(
    clients.shared.codepipeline.send(new GetPipelineStateCommand({ name: names.pipeline })),
  );
  if (!state) throw new Failure(`CodePipeline does not have ${names.pipeline}: deploy the stacks`);
  const stage = state.stageStates?.find(({ stageName }) => stageName === names.approvalStage);
  const waiting = stage?.actionStates?.find(
    ({ latestExecution }) => latestExecution?.token !== undefined && latestExecution.status === "InProgress",
  );
  const current = stage?.latestExecution?.pipelineExecutionId;
  if (waiting?.latestExecution?.token === undefined || current === undefined)
    throw new Failure(
      `${place}: no release waits for approval`,
      `to see what is in flight: npx codeseries status ${place}`,
    );
  if (execution !== undefined && execution !== current)
    throw new Failure(
      `${place}: ${execution} does not wait for approval, but ${current} does: it superseded the other, or came before it`,
      `to see what would be approved: npx codeseries approve ${place} --show`,
    );
  const actions = await readActions(clients, delivery, current);
  const build = actions.find(({ input }) => input?.actionTypeId?.category === "Build");
  const source = actions.find(({ input }) => input?.actionTypeId?.category === "Source");
  const variables = Object.values(build?.output?.outputVariables ?? {});
  return {
    execution: current,
    stage: names.approvalStage,
    action: waiting.actionName ?? "",
    token: waiting.latestExecution.token,
    commit: source?.output?.outputVariables?.CommitId,
    digest: variables.map((value) => DIGEST.exec(value)?.[0]).find(Boolean),
  };
}
