import type { ActionDeclaration } from "@aws-sdk/client-codepipeline";
import type { ActionExecution, Execution } from "../../src/local/services/codepipeline/execution";

export const action = (name: string, more: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name,
  actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
  ...more,
});

/** An execution in progress of a pipeline with the stages Source, Build and Deploy, which has entered none. */
export const anExecution = (number: number, more: Partial<Execution> = {}): Execution => ({
  number,
  pipelineName: "orders-pipeline-production",
  pipelineVersion: 1,
  pipelineExecutionId: `e${number}`,
  status: "InProgress",
  startTime: 0,
  executionMode: "SUPERSEDED",
  trigger: { triggerType: "StartPipelineExecution" },
  artifactRevisions: [],
  sourceRevisions: [],
  requestedRevisions: [],
  pipeline: {
    name: "orders-pipeline-production",
    roleArn: "arn:aws:iam::111111111111:role/pipeline",
    version: 1,
    artifactStore: { type: "S3", location: "artifacts" },
    stages: [
      { name: "Source", actions: [action("Source", { outputArtifacts: [{ name: "SourceArtifact" }] })] },
      { name: "Build", actions: [action("Build", { inputArtifacts: [{ name: "SourceArtifact" }] })] },
      { name: "Deploy", actions: [action("Deploy")] },
    ],
  },
  stages: {},
  namespaces: {},
  artifacts: {},
  actions: [],
  ...more,
});

/** What an execution has after it went through some stages, and entered the next. */
export const entered = (...names: readonly string[]): Execution["stages"] =>
  Object.fromEntries(
    names.map((name, index) => [
      name,
      { status: index === names.length - 1 ? "InProgress" : "Succeeded", entered: index },
    ]),
  );

export const through = (...names: readonly string[]): Execution["stages"] =>
  Object.fromEntries(names.map((name, index) => [name, { status: "Succeeded", entered: index }]));

export const anAttempt = (
  stageName: string,
  actionName: string,
  status: ActionExecution["status"],
  more: Partial<ActionExecution> = {},
): ActionExecution => ({
  actionExecutionId: `${stageName}-${actionName}`,
  stageName,
  actionName,
  startTime: 0,
  lastUpdateTime: 0,
  status,
  input: {
    actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
    configuration: {},
    resolvedConfiguration: {},
    region: "eu-central-1",
    inputArtifacts: [],
  },
  outputArtifacts: [],
  note: {},
  ...more,
});
