import type { PipelineDeclaration, StageDeclaration } from "@aws-sdk/client-codepipeline";
import type { RequestedRevision } from "./pipeline";

/** The kind of the documents of open executions, that is of those in progress and of those being stopped. */
export const EXECUTIONS = "codepipeline";

/** Where an artifact is in the artifact store. */
export interface Location {
  readonly bucket: string;
  readonly key: string;
}

/** An execution of a pipeline: what AWS's API shows, and what the controller must know to go on. Times in seconds. */
export interface Execution {
  /** Counts the executions of the pipeline: a newer one has a greater number. */
  readonly number: number;
  readonly pipelineName: string;
  readonly pipelineVersion: number;
  readonly pipelineExecutionId: string;
  readonly status: "InProgress" | "Stopping" | "Stopped" | "Succeeded" | "Superseded" | "Failed";
  readonly statusSummary?: string;
  readonly startTime: number;
  readonly executionMode: "SUPERSEDED" | "QUEUED" | "PARALLEL";
  readonly trigger: { readonly triggerType: string; readonly triggerDetail?: string };
  /** What each source action gave, by its artifact and by its action. */
  readonly artifactRevisions: readonly ArtifactRevision[];
  readonly sourceRevisions: readonly SourceRevision[];
  /** The revisions that the start asked for. @default - the newest of the branch */
  readonly requestedRevisions: readonly RequestedRevision[];
  /** For a stop: whether actions in progress are abandoned. */
  readonly abandon?: boolean;
  /** The pipeline as it was at the start. */
  readonly pipeline: PipelineDeclaration;
  /** The stages that it has entered. */
  readonly stages: Readonly<Record<string, StageExecution>>;
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly artifacts: Readonly<Record<string, Location>>;
  /** Each attempt of each action, in the order of their starts. */
  readonly actions: readonly ActionExecution[];
}

export interface StageExecution {
  readonly status: "InProgress" | "Succeeded" | "Failed" | "Stopped";
  readonly entered: number;
  /** How often a person retried it. */
  readonly retries?: number;
}

/** One attempt of an action. */
export interface ActionExecution {
  readonly actionExecutionId: string;
  readonly stageName: string;
  readonly actionName: string;
  readonly startTime: number;
  readonly lastUpdateTime: number;
  readonly status: "InProgress" | "Succeeded" | "Failed" | "Abandoned";
  /** A retry of the stage has replaced it. */
  readonly retried?: boolean;
  readonly input: ActionInput;
  readonly outputArtifacts: readonly NamedLocation[];
  readonly outputVariables?: Readonly<Record<string, string>>;
  readonly summary?: string;
  readonly externalExecutionId?: string;
  readonly externalExecutionSummary?: string;
  readonly errorDetails?: { readonly code: string; readonly message: string };
  /** The role's session, or for an approval the person. */
  readonly updatedBy?: string;
  readonly lastUpdatedBy?: string;
  /** For an approval: with what it is answered. */
  readonly token?: string;
  readonly entityUrl?: string;
  /** The answer of a person to an approval. */
  readonly approval?: {
    readonly status: "Approved" | "Rejected";
    readonly summary: string;
    readonly by: string;
  };
  /** What the controller has done for it, so that a restart does nothing twice. */
  readonly note: Note;
}

export interface ActionInput {
  readonly actionTypeId: NonNullable<StageAction["actionTypeId"]>;
  readonly configuration: Readonly<Record<string, string>>;
  /** The configuration with its variables replaced. */
  readonly resolvedConfiguration: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly region: string;
  readonly inputArtifacts: readonly NamedLocation[];
  readonly namespace?: string;
}

export interface NamedLocation {
  readonly name: string;
  readonly s3location: Location;
}

/** A step that was begun has a note before its call, and one with its result. */
export interface Note {
  /** Source: the commit. */
  readonly commitId?: string;
  /** Deployment: the family, and its newest revision before one was registered. */
  readonly registering?: { readonly family: string; readonly after: number };
  readonly taskDefinitionArn?: string;
  /** Deployment: the SHA-256 of the AppSpec file with which it is created. */
  readonly creating?: string;
  /** Approval: when it expires, in seconds. */
  readonly expires?: number;
}

export interface ArtifactRevision {
  readonly name: string;
  readonly revisionId: string;
  readonly revisionSummary: string;
  readonly revisionUrl?: string;
}

export type SourceRevision = Omit<ArtifactRevision, "name"> & { readonly actionName: string };

type StageAction = NonNullable<StageDeclaration["actions"]>[number];

/** The stage that an execution is in, or that it waits to enter; undefined after the last. */
export const currentStage = ({ pipeline, stages }: Pick<Execution, "pipeline" | "stages">) =>
  pipeline.stages?.find(({ name = "" }) => stages[name]?.status !== "Succeeded");

/** The attempts of a stage that count. */
export const attemptsOf = ({ actions }: Pick<Execution, "actions">, stage: string) =>
  actions.filter(({ stageName, retried }) => stageName === stage && retried !== true);
