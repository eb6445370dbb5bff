import { CloudWatchClient, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import {
  CodePipelineClient,
  GetPipelineStateCommand,
  PutApprovalResultCommand,
} from "@aws-sdk/client-codepipeline";
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Delivery } from "../../system/system";
import type { Embedded } from "../reconcile/embedded";
import type { RehearsalKind } from "./kinds";

const POLL_MS = 200;

/** Answers each manual approval that the pipeline asks for. */
async function answerApprovals(embedded: Embedded, delivery: Delivery, status: "Approved" | "Rejected") {
  const place = { accountId: delivery.shared.id, region: delivery.region };
  const codepipeline = embedded.clients.asService(CodePipelineClient, place);
  const pipelineName = delivery.names.pipeline;
  const { stageStates = [] } = await codepipeline.send(new GetPipelineStateCommand({ name: pipelineName }));
  for (const { actionStates = [], stageName } of stageStates)
    for (const { actionName, latestExecution } of actionStates)
      if (latestExecution?.token !== undefined && latestExecution.status === "InProgress")
        await codepipeline.send(
          new PutApprovalResultCommand({
            pipelineName,
            stageName,
            actionName,
            token: latestExecution.token,
            result: { status, summary: `The rehearsal answers ${status}` },
          }),
        );
}

/** Keeps the first alarm of the delivery in ALARM; CloudWatch sets it back at its next evaluation. */
async function raiseAlarm(embedded: Embedded, { account, names, region }: Delivery) {
  const cloudwatch = embedded.clients.asService(CloudWatchClient, { accountId: account.id, region });
  await cloudwatch.send(
    new SetAlarmStateCommand({
      AlarmName: names.blueErrorsAlarm,
      StateValue: "ALARM",
      StateReason: "The rehearsal sets this alarm",
    }),
  );
}

/** Puts a hook that fails in place of each of the delivery's own, and returns how to put them back. */
function failHooks({ file }: Embedded, { hookArns }: Delivery): () => void {
  const hooks = hookArns.map((arn) => file(`hooks/${arn.split(":").at(-1) ?? ""}`));
  for (const hook of hooks) {
    mkdirSync(dirname(hook), { recursive: true });
    if (existsSync(hook)) renameSync(hook, `${hook}.own`);
    writeFileSync(hook, "#!/bin/sh\necho The rehearsal lets this hook fail. >&2\nexit 1\n");
    chmodSync(hook, 0o755);
  }
  return () => {
    for (const hook of hooks)
      if (existsSync(`${hook}.own`)) renameSync(`${hook}.own`, hook);
      else rmSync(hook, { force: true });
  };
}

/** What a rehearsal does in addition to the push. */
export interface Interference {
  /** Called while the release runs. @param shifting Whether green gets production traffic. */
  act(shifting: boolean): Promise<void>;
  /** Puts back what was changed. */
  end(): void;
}

export function interferenceOf(kind: RehearsalKind, embedded: Embedded, delivery: Delivery): Interference {
  const restore = kind === "hook" ? failHooks(embedded, delivery) : () => undefined;
  const answer = kind === "approval" ? "Rejected" : "Approved";
  return {
    act: async (shifting) => {
      await answerApprovals(embedded, delivery, answer);
      if (kind === "alarm" && shifting) await raiseAlarm(embedded, delivery);
      await wait(POLL_MS);
    },
    end: restore,
  };
}
