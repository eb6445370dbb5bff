import {
  GetPipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type ActionExecutionDetail,
  type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";
import { Failure, InputError } from "../../../errors";
import type { Evidence } from "../evidence";
import type { Reader } from "./reader";

/** Pages of 100 executions that are searched for one: CodePipeline keeps those of twelve months. */
const MAX_PAGES = 10;

const time = ({ startTime }: { readonly startTime?: Date }) => startTime?.getTime() ?? 0;

/** The newest executions, up to the wanted one. */
async function readExecutions({ clients, delivery }: Reader, wanted: string | undefined) {
  const { pipeline } = delivery.names;
  const found: PipelineExecutionSummary[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await clients.shared.codepipeline
      .send(new ListPipelineExecutionsCommand({ pipelineName: pipeline, maxResults: 100, nextToken }))
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== "PipelineNotFoundException") throw error;
        throw new Failure(
          `account ${delivery.shared.id} has no pipeline ${pipeline} in ${delivery.region}`,
          "to create it: npx codeseries apply",
        );
      });
    found.push(...(answer.pipelineExecutionSummaries ?? []));
    nextToken = answer.nextToken;
    const isThere = wanted === undefined || found.some((one) => one.pipelineExecutionId?.startsWith(wanted));
    if (isThere || nextToken === undefined) break;
  }
  return found;
}

/** The last attempt of each action: a retried one has several. Oldest first. */
export function lastAttempts(actions: readonly ActionExecutionDetail[]): ActionExecutionDetail[] {
  const oldestFirst = [...actions].sort((one, other) => time(one) - time(other));
  const last = new Map(oldestFirst.map((one) => [`${one.stageName ?? ""}/${one.actionName ?? ""}`, one]));
  return [...last.values()].sort((one, other) => time(one) - time(other));
}

/** The action that an answer is about: the first that failed, else the one that runs, was abandoned or deployed. */
export function decisiveAction(actions: readonly ActionExecutionDetail[]): ActionExecutionDetail | undefined {
  const last = lastAttempts(actions);
  const of = (wanted: string) => last.find(({ status }) => status === wanted);
  const deployed = last.findLast(({ input }) => input?.actionTypeId?.category === "Deploy");
  return of("Failed") ?? of("InProgress") ?? of("Abandoned") ?? deployed;
}

async function readActions({ clients, delivery }: Reader, pipelineExecutionId: string) {
  const actions: ActionExecutionDetail[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await clients.shared.codepipeline.send(
      new ListActionExecutionsCommand({
        pipelineName: delivery.names.pipeline,
        filter: { pipelineExecutionId },
        nextToken,
      }),
    );
    actions.push(...(answer.actionExecutionDetails ?? []));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return actions;
}

/**
 * Reads an execution of the pipeline, its actions, and the state of the pipeline.
 *
 * @param wanted An execution's id or the beginning of it. @default - the newest one
 * @throws InputError if there is no such execution, Failure if there is no pipeline.
 */
export async function readExecution(
  reader: Reader,
  wanted?: string,
): Promise<Partial<Evidence> & Pick<Evidence, "others" | "stages" | "actions">> {
  const { clients, delivery } = reader;
  const name = delivery.names.pipeline;
  const executions = await readExecutions(reader, wanted);
  const execution =
    wanted === undefined
      ? executions[0]
      : executions.find(({ pipelineExecutionId = "" }) => pipelineExecutionId.startsWith(wanted));
  if (wanted !== undefined && !execution)
    throw new InputError(`--execution: ${name} has no execution ${wanted}`);
  const others = executions.filter((one) => one !== execution);
  if (execution?.pipelineExecutionId === undefined) return { others, stages: [], actions: [] };
  const id = execution.pipelineExecutionId;
  const [state, actions = []] = await Promise.all([
    reader.try("codepipeline:GetPipelineState", () =>
      clients.shared.codepipeline.send(new GetPipelineStateCommand({ name })),
    ),
    reader.try("codepipeline:ListActionExecutions", () => readActions(reader, id)),
  ]);
  const isFirst = execution.trigger?.triggerType === "CreatePipeline";
  const made = isFirst
    ? await reader.try("codepipeline:GetPipeline", () =>
        clients.shared.codepipeline.send(new GetPipelineCommand({ name })),
      )
    : undefined;
  return {
    execution,
    others,
    created: state?.created ?? made?.metadata?.created,
    stages: state?.stageStates ?? [],
    actions: [...actions].sort((one, other) => time(one) - time(other)),
    action: decisiveAction(actions),
  };
}
