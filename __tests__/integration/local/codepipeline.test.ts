import { CodeDeployClient, ListDeploymentsCommand } from "@aws-sdk/client-codedeploy";
import {
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { ECSClient, ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import type { Document } from "../../../src/local/reconcile/documents";
import {
  codeCommitController,
  type CodeCommitController,
} from "../../../src/local/services/codecommit/controller";
import { gitVariables } from "../../../src/local/services/codecommit/variables";
import { CodePipelineController } from "../../../src/local/services/codepipeline/controller";
import { EXECUTIONS, type Execution } from "../../../src/local/services/codepipeline/execution";
import { PIPELINES, type PipelineDocument } from "../../../src/local/services/codepipeline/pipeline";
import { createListeners } from "../../support/blue-green/load-balancer";
import { BlueGreenService } from "../../support/blue-green/system";
import { EmbeddedAws, REGION } from "../../support/embedded-aws";
import { GitClient } from "../../support/git-client";
import { ACCOUNT, PIPELINE, PipelineSystem } from "../../support/pipeline-system";
import { until } from "../../support/until";

const aws = new EmbeddedAws();
const system = new PipelineSystem(aws);
let server: CodeCommitController;
let developer: GitClient;

beforeAll(async () => {
  await aws.start(6_000);
  await BlueGreenService.create(aws, ACCOUNT, await createListeners(aws, ACCOUNT), "orders");
  server = await codeCommitController(aws.embedded);
  await system.create();
  developer = await new GitClient(gitVariables(REGION)).init();
  await developer.git(
    "remote",
    "add",
    "origin",
    `https://git-codecommit.${REGION}.amazonaws.com/v1/repos/orders`,
  );
  system.run(server, new CodePipelineController(aws.embedded));
});

afterAll(async () => {
  await system.end();
  await server.close();
  developer.remove();
  await aws.stop();
});

const start = async (clientRequestToken?: string) => {
  const command = new StartPipelineExecutionCommand({ name: PIPELINE, clientRequestToken });
  return (await system.pipelines.send(command)).pipelineExecutionId ?? "";
};

async function answer(status: "Approved" | "Rejected", summary: string) {
  const token = await until(
    async () => (await system.stage("Approve"))?.actionStates?.[0]?.latestExecution?.token,
  );
  const where = { pipelineName: PIPELINE, stageName: "Approve", actionName: "Approve" };
  await system.pipelines.send(new PutApprovalResultCommand({ ...where, token, result: { status, summary } }));
  return token;
}

const revisions = async () =>
  (await aws.client(ECSClient, ACCOUNT).send(new ListTaskDefinitionsCommand({ familyPrefix: "orders" })))
    .taskDefinitionArns?.length ?? 0;

const deployments = async () =>
  (
    await aws
      .client(CodeDeployClient, ACCOUNT)
      .send(new ListDeploymentsCommand({ applicationName: "orders", deploymentGroupName: "orders" }))
  ).deployments?.length ?? 0;

test("the execution that creating the pipeline starts fails without a branch, in AWS's words", async () => {
  const id = await system.newest();
  await system.untilStatus(id, "Failed");
  const [source] = await system.actions(id);
  expect(source?.output?.executionResult?.errorDetails).toEqual({
    code: "ConfigurationError",
    message:
      "The action failed because no branch named main was found in the selected AWS CodeCommit repository orders. " +
      "Make sure you are using the correct branch name, and then try again. Error: null",
  });
  expect((await system.execution(id))?.trigger?.triggerType).toBe("CreatePipeline");
});

test("an execution goes through all stages, with artifacts, variables and one approval", async () => {
  const commit = await developer.commit("First", { Dockerfile: "FROM scratch\n" });
  await developer.git("push", "--quiet", "origin", "HEAD:main");
  const id = await start("once");
  expect(await start("once")).toBe(id);
  await system.endBuild();
  await system.untilAction(id, "Approve InProgress");
  const [source, build, approval] = await system.actions(id);
  expect(source?.output?.outputVariables).toMatchObject({ CommitId: commit, BranchName: "main" });
  expect(source?.output?.outputArtifacts?.[0]?.s3location?.key).toMatch(
    /^orders-pipeline-of-t\/SourceArti\/[A-Za-z0-9]{7}$/,
  );
  expect(build?.input?.resolvedConfiguration?.EnvironmentVariables).toContain(commit);
  expect(build?.output?.outputVariables).toEqual({ TAG: "v7" });
  expect(approval?.input?.resolvedConfiguration?.CustomData).toBe(`Image v7 of ${commit}`);
  const before = await revisions();
  const token = await answer("Approved", "fine");
  await expect(
    system.pipelines.send(
      new PutApprovalResultCommand({
        ...{ pipelineName: PIPELINE, stageName: "Approve", actionName: "Approve", token },
        result: { status: "Rejected", summary: "late" },
      }),
    ),
  ).rejects.toThrow(/already been approved or rejected/);
  await system.endDeployment();
  await system.untilStatus(id, "Succeeded");
  expect((await revisions()) - before).toBe(1);
  const execution = await system.execution(id);
  expect(execution?.artifactRevisions?.[0]).toMatchObject({ name: "SourceArtifact", revisionId: commit });
  expect((await system.actions(id)).at(-1)?.output?.executionResult?.externalExecutionId).toMatch(/^d-/);
});

test("of executions that wait for a stage the newest stays, and a failed build can be retried", async () => {
  const first = await start();
  await until(async () =>
    (await system.builds()).find(({ document }) => document.buildStatus === "IN_PROGRESS"),
  );
  const second = await start();
  await system.untilAction(second, "Source Succeeded");
  const third = await start();
  await system.untilStatus(second, "Superseded");
  expect((await system.stage("Build"))?.latestExecution?.pipelineExecutionId).toBe(first);
  await system.stop(third, false);
  await system.untilStatus(third, "Stopped");

  await system.endBuild("FAILED");
  await system.untilStatus(first, "Failed");
  const failed = (await system.actions(first)).at(-1);
  expect(failed?.output?.executionResult?.errorDetails).toEqual({
    code: "JobFailed",
    message:
      "Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: exit status 1",
  });
  const where = { pipelineName: PIPELINE, pipelineExecutionId: first, stageName: "Build" };
  await system.pipelines.send(new RetryStageExecutionCommand({ ...where, retryMode: "FAILED_ACTIONS" }));
  await system.endBuild();
  await answer("Rejected", "not today");
  await system.untilStatus(first, "Failed");
  expect(
    (await system.actions(first)).map(({ actionName, status }) => `${actionName ?? ""} ${status ?? ""}`),
  ).toEqual(["Source Succeeded", "Build Failed", "Build Succeeded", "Approve Failed"]);
});

test("a disabled transition holds an execution; a stop that abandons leaves the build running", async () => {
  const stage = { pipelineName: PIPELINE, stageName: "Build", transitionType: "Inbound" as const };
  await system.pipelines.send(new DisableStageTransitionCommand({ ...stage, reason: "freeze" }));
  const id = await start();
  await system.untilAction(id, "Source Succeeded");
  const held = await until(async () => {
    const stage = await system.stage("Build");
    return stage?.inboundExecution ? stage : undefined;
  });
  expect(held).toMatchObject({
    inboundExecution: { pipelineExecutionId: id },
    inboundTransitionState: { enabled: false, disabledReason: "freeze" },
  });
  const builds = (await system.builds()).length;
  await system.pipelines.send(new EnableStageTransitionCommand(stage));
  await until(async () => (await system.builds()).length > builds);
  await system.untilAction(id, "Build InProgress");
  await system.stop(id, true);
  await system.untilStatus(id, "Stopped");
  expect((await system.actions(id)).at(-1)?.status).toBe("Abandoned");
  expect(
    (await system.builds()).filter(({ document }) => document.buildStatus === "IN_PROGRESS"),
  ).toHaveLength(1);
  await expect(system.stop(id, true)).rejects.toThrow(/Unable to stop the pipeline execution/);
  await system.endBuild();
});

test("the old lists again, and restarts in each action, do nothing twice", async () => {
  await system.end();
  const seen: [Document<Execution>[], Document<PipelineDocument>[]][] = [];
  /** A controller that is new, does one reconciliation, and ends; what it has begun to do is finished. */
  const once = async () => {
    const { documents } = aws.embedded;
    seen.push([await documents.list(EXECUTIONS), await documents.list(PIPELINES)]);
    const controller = new CodePipelineController(aws.embedded);
    await controller.reconcile();
    await controller.idle();
  };
  const [builds, before, deployed] = [(await system.builds()).length, await revisions(), await deployments()];
  const id = await start();
  for (let turn = 0; turn < 4; turn++) await once();
  await system.endBuild();
  for (let turn = 0; turn < 4; turn++) await once();
  await answer("Approved", "fine");
  for (let turn = 0; turn < 4; turn++) await once();
  // The notes of the results are lost, as by an end right after each call.
  await forget("Deploy", ({ note, ...action }) => ({
    ...action,
    externalExecutionId: undefined,
    note: { ...note, taskDefinitionArn: undefined },
  }));
  for (let turn = 0; turn < 3; turn++) await once();
  await system.endDeployment();
  for (let turn = 0; turn < 4; turn++) await once();
  await system.untilStatus(id, "Succeeded");
  const replayed = new CodePipelineController(aws.embedded);
  for (const [executions, pipelines] of seen) await replayed.reconcileWith(executions, pipelines);
  await replayed.idle();
  expect((await system.builds()).length - builds).toBe(1);
  expect((await revisions()) - before).toBe(1);
  expect((await deployments()) - deployed).toBe(1);
  expect((await system.actions(id)).map(({ status }) => status)).toEqual(Array(4).fill("Succeeded"));
});

/** Changes what an execution knows of an action in progress. */
async function forget(
  actionName: string,
  change: (action: Execution["actions"][number]) => object,
): Promise<void> {
  const [read] = await aws.embedded.documents.list<Execution>(EXECUTIONS);
  if (!read) throw new Error("no execution is open");
  const actions = read.document.actions.map((one) => (one.actionName === actionName ? change(one) : one));
  await aws.embedded.documents.write<object>(EXECUTIONS, read, { ...read.document, actions });
}
