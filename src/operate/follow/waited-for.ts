import { ListPipelineExecutionsCommand, type PipelineExecutionSummary } from "@aws-sdk/client-codepipeline";
import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import type { DeliveryClients } from "../../aws/delivery-clients";
import { Failure, InputError } from "../../errors";
import type { Delivery } from "../../system/system";
import { isInFlight, readDeployments } from "../read/deployments";
import { ifPresent } from "../read/if-present";
import { deploymentMinutes, executionMinutes } from "./deadline";
import { lookAtDeployment, readDeployment } from "./deployment";
import { deploymentOf, lookAtExecution, readActions } from "./execution";
import type { Outcome, Seen } from "./follow";

/** What to wait for; at most one of them. @default - the release in flight, or the last one */
export interface Wanted {
  readonly execution?: string;
  readonly deployment?: string;
  /** At least seven characters of a commit's id. */
  readonly commit?: string;
}

interface WaitedFor {
  readonly look: () => Promise<Seen | Outcome>;
  /** In which it should end. */
  readonly minutes: number;
}

const COMMIT = /^[0-9a-f]{7,40}$/;

async function executionsOf({ shared }: DeliveryClients, { names }: Delivery) {
  const found = await ifPresent(
    shared.codepipeline.send(new ListPipelineExecutionsCommand({ pipelineName: names.pipeline })),
  );
  if (!found) throw new Failure(`CodePipeline does not have ${names.pipeline}: deploy the stacks`);
  return found.pipelineExecutionSummaries ?? [];
}

const runs = ({ status }: PipelineExecutionSummary) => status === "InProgress" || status === "Stopping";

/** @throws Failure if nothing has been released; InputError if several are wanted, or a commit is no commit's id. */
export async function waitedFor(
  clients: DeliveryClients,
  delivery: Delivery,
  { commit, deployment, execution }: Wanted,
): Promise<WaitedFor> {
  const given = [commit && "--commit", deployment && "--deployment", execution && "--execution"].filter(
    Boolean,
  );
  if (given.length > 1)
    throw new InputError(
      `expected one of --commit, --deployment and --execution, got ${given.join(" and ")}`,
    );
  if (commit !== undefined && !COMMIT.test(commit))
    throw new InputError(`--commit: expected 7 to 40 characters of a commit's id, got "${commit}"`);
  const ofExecution = (id: string): WaitedFor => ({
    look: lookAtExecution(clients, delivery, id),
    minutes: executionMinutes(delivery),
  });
  const ofDeployment = (id: string): WaitedFor => ({
    look: lookAtDeployment(clients, delivery, id),
    minutes: deploymentMinutes(delivery),
  });
  // A rollback that succeeded is the end of a release that did not.
  const ofRelease = ({ deploymentId = "", rollbackInfo }: DeploymentInfo) =>
    ofDeployment(rollbackInfo?.rollbackTriggeringDeploymentId ?? deploymentId);
  if (execution !== undefined) return ofExecution(execution);
  if (deployment !== undefined) return ofRelease(await readDeployment(clients, delivery, deployment));
  if (commit !== undefined)
    return { look: lookForCommit(clients, delivery, commit), minutes: executionMinutes(delivery) };
  const [executions, deployments] = await Promise.all([
    executionsOf(clients, delivery),
    readDeployments(clients.environment, delivery),
  ]);
  const inFlight = deployments.find(isInFlight);
  const running = executions.find(runs)?.pipelineExecutionId;
  if (inFlight && (running === undefined || !(await deploys(clients, delivery, running, inFlight))))
    return ofRelease(inFlight);
  if (running !== undefined) return ofExecution(running);
  const [newest] = executions.filter(({ trigger }) => trigger?.triggerType !== "CreatePipeline");
  const [last] = deployments;
  // A deployment of a pipeline begins before its execution ends.
  const later = last && (last.createTime ?? 0) > (newest?.lastUpdateTime ?? 0);
  if (later) return ofRelease(last);
  if (newest) return ofExecution(newest.pipelineExecutionId ?? "");
  throw new Failure(`${delivery.service.name} ${delivery.environment.name}: nothing has been released`);
}

/** Whether a deployment, or the one that it rolls back, is an execution's own. */
async function deploys(
  clients: DeliveryClients,
  delivery: Delivery,
  execution: string,
  { deploymentId, rollbackInfo }: DeploymentInfo,
): Promise<boolean> {
  const own = deploymentOf(await readActions(clients, delivery, execution));
  return own !== undefined && [deploymentId, rollbackInfo?.rollbackTriggeringDeploymentId].includes(own);
}

/** Looks until the pipeline has an execution of the commit, and then at that. */
function lookForCommit(clients: DeliveryClients, delivery: Delivery, commit: string): WaitedFor["look"] {
  let look: WaitedFor["look"] | undefined;
  return async () => {
    if (look) return look();
    const executions = await executionsOf(clients, delivery);
    const found = executions.find(({ sourceRevisions = [] }) =>
      sourceRevisions.some(({ revisionId = "" }) => revisionId.startsWith(commit)),
    );
    if (!found) return { step: `${delivery.names.pipeline} has no execution of ${commit} yet` };
    look = lookAtExecution(clients, delivery, found.pipelineExecutionId ?? "");
    return look();
  };
}
