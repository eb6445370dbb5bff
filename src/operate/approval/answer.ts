import { PutApprovalResultCommand } from "@aws-sdk/client-codepipeline";
import type { SharedClients } from "../../aws/delivery-clients";
import { Failure } from "../../errors";
import type { Delivery } from "../../system/system";
import type { Pending } from "./pending";

/** Characters of the summary that CodePipeline accepts. */
export const MAX_SUMMARY = 512;

/** @throws Failure if the request was answered, or superseded, in the meantime. */
export async function answerApproval(
  { codepipeline }: SharedClients,
  { names }: Delivery,
  { action, execution, stage, token }: Pending,
  status: "Approved" | "Rejected",
  summary: string,
): Promise<void> {
  const request = { pipelineName: names.pipeline, stageName: stage, actionName: action, token };
  try {
    await codepipeline.send(new PutApprovalResultCommand({ ...request, result: { status, summary } }));
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name !== "ApprovalAlreadyCompletedException" && name !== "InvalidApprovalTokenException") throw error;
    throw new Failure(`${execution} does not wait any more: it was answered, or superseded, in the meantime`);
  }
}
