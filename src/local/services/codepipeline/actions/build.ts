import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  StartBuildCommand,
  type Build,
  type EnvironmentVariable,
} from "@aws-sdk/client-codebuild";
import {
  ActionFailed,
  inputOf,
  messageOf,
  objectArn,
  storeKey,
  type Action,
  type Provider,
} from "./provider";

/**
 * Runs a build of a CodeBuild project and waits for it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const build: Provider = async (action) => {
  const codebuild = action.client(CodeBuildClient);
  const id = action.attempt.externalExecutionId ?? (await start(action, codebuild));
  const { builds: [found] = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids: [id] }));
  if (!found) throw new ActionFailed("JobFailed", `The build ${id} does not exist`);
  if (found.buildComplete !== true && !found.endTime) return undefined;
  if (found.buildStatus !== "SUCCEEDED") throw new ActionFailed("JobFailed", failureOf(found));
  const exported = found.exportedEnvironmentVariables ?? [];
  return {
    variables: Object.fromEntries(exported.map(({ name = "", value = "" }) => [name, value])),
    externalExecutionId: id,
  };
};

async function start(action: Action, codebuild: CodeBuildClient): Promise<string> {
  const { attempt, execution, save, embedded } = action;
  const { ProjectName, PrimarySource } = attempt.input.resolvedConfiguration;
  const [output, ...further] = attempt.outputArtifacts;
  const primary = inputOf(action, PrimarySource);
  const encryptionKeyOverride = storeKey(action);
  const artifact = ({ s3location: { bucket, key } }: NonNullable<typeof output>) => ({
    type: "CODEPIPELINE" as const,
    location: bucket,
    name: key,
  });
  const command = new StartBuildCommand({
    projectName: ProjectName,
    sourceVersion: objectArn(primary.s3location),
    // What StartBuild has begun for this token, before a restart, it returns again.
    idempotencyToken: attempt.actionExecutionId,
    environmentVariablesOverride: variables(action),
    ...(encryptionKeyOverride !== undefined && { encryptionKeyOverride }),
    ...(output && { artifactsOverride: artifact(output) }),
    ...(further.length > 0 && {
      secondaryArtifactsOverride: further.map((one) => ({ ...artifact(one), artifactIdentifier: one.name })),
    }),
    ...secondarySources(attempt.input.inputArtifacts.filter((one) => one !== primary)),
  });
  const started = await codebuild.send(command).catch((error: unknown) => {
    throw new ActionFailed("JobFailed", `Error calling startBuild: ${messageOf(error)}`);
  });
  const id = started.build?.id ?? "";
  await save({ externalExecutionId: id });
  embedded.say("codepipeline", `${execution.pipelineName} started build ${id}`);
  return id;
}

const secondarySources = (inputs: Action["attempt"]["input"]["inputArtifacts"]) =>
  inputs.length === 0
    ? {}
    : {
        secondarySourcesOverride: inputs.map(({ name, s3location: { bucket, key } }) => ({
          type: "S3" as const,
          sourceIdentifier: name,
          location: `${bucket}/${key}`,
        })),
      };

/** The variables of the action, and what CodePipeline tells CodeBuild of itself and of the source. */
function variables({ attempt, execution }: Action): EnvironmentVariable[] {
  const configured = attempt.input.resolvedConfiguration.EnvironmentVariables;
  const [revision] = execution.sourceRevisions;
  return [
    ...(configured === undefined ? [] : parsed(configured)),
    { name: "CODEBUILD_INITIATOR", value: `codepipeline/${execution.pipelineName}`, type: "PLAINTEXT" },
    ...(revision
      ? [
          {
            name: "CODEBUILD_RESOLVED_SOURCE_VERSION",
            value: revision.revisionId,
            type: "PLAINTEXT" as const,
          },
        ]
      : []),
  ];
}

function parsed(text: string): EnvironmentVariable[] {
  try {
    return JSON.parse(text) as EnvironmentVariable[];
  } catch (error) {
    throw new ActionFailed("ConfigurationError", `EnvironmentVariables is not JSON: ${messageOf(error)}`);
  }
}

/** What CodePipeline says of a build: its state, and the first phase that failed. */
export function failureOf({ buildStatus, phases = [] }: Build): string {
  const failed = phases.find(({ phaseStatus }) => phaseStatus !== undefined && phaseStatus !== "SUCCEEDED");
  const text = `Build terminated with state: ${buildStatus ?? "FAILED"}`;
  if (!failed) return text;
  const { statusCode = "", message = "" } = failed.contexts?.[0] ?? {};
  return `${text}. Phase: ${failed.phaseType ?? ""}, Code: ${statusCode}, Message: ${message}`;
}
