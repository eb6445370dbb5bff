import { CodeDeployClient, CreateDeploymentCommand, GetDeploymentCommand } from "@aws-sdk/client-codedeploy";
import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import { configuredImages, fillImages, fillTaskDefinition, sha256 } from "./deploy-files";
import { createdDeployment, newestRevision, registeredRevision } from "./begun";
import { InputFiles } from "./input-files";
import { ActionFailed, quoted, type Action, type Provider } from "./provider";

/**
 * Registers a revision of the task definition with the built images, and has CodeDeploy deploy it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export const deploy: Provider = async (action) => {
  const { attempt, client } = action;
  const files = new InputFiles(action);
  const id = attempt.externalExecutionId ?? (await create(action, files, await register(action, files)));
  const { deploymentInfo } = await client(CodeDeployClient)
    .send(new GetDeploymentCommand({ deploymentId: id }))
    .catch(refused("GetDeployment"));
  const { status, errorInformation } = deploymentInfo ?? {};
  if (status === "Succeeded")
    return {
      variables: { DeploymentId: id },
      externalExecutionId: id,
      externalExecutionSummary: `Deployment ${id} succeeded`,
    };
  if (status !== "Failed" && status !== "Stopped") return undefined;
  const summary = `Deployment ${id} ${status === "Failed" ? "failed" : "stopped"}`;
  const cause = errorInformation
    ? `. Error code: ${errorInformation.code ?? ""}; Error message: ${errorInformation.message ?? ""}`
    : "";
  throw new ActionFailed("JobFailed", `${summary}${cause}`, { summary, externalExecutionSummary: summary });
};

/** AWS says this of every call that fails, whatever the reason; the reason is in brackets here. */
const refused = (call: string) => (error: unknown) => {
  throw new ActionFailed(
    "PermissionError",
    `The provided role does not have sufficient permissions to access CodeDeploy (${call}: ${quoted(error)})`,
  );
};

/** The ARN of the revision, which is registered once for each attempt. */
async function register(action: Action, files: InputFiles): Promise<string> {
  const { attempt, client, embedded, save } = action;
  const { note, input } = attempt;
  if (note.taskDefinitionArn !== undefined) return note.taskDefinitionArn;
  const wanted = await taskDefinition(input.resolvedConfiguration, files);
  const family = wanted.family ?? "";
  let arn = note.registering && (await registeredRevision(action, note.registering, wanted));
  if (arn === undefined) {
    await save({ note: { registering: { family, after: await newestRevision(action, family) } } });
    const registered = await client(ECSClient)
      .send(new RegisterTaskDefinitionCommand(wanted))
      .catch(refused("RegisterTaskDefinition"));
    arn = registered.taskDefinition?.taskDefinitionArn ?? "";
  }
  await save({ note: { taskDefinitionArn: arn } });
  embedded.say("codepipeline", `${action.execution.pipelineName} registered ${arn.split("/").at(-1) ?? arn}`);
  return arn;
}

async function taskDefinition(configuration: Readonly<Record<string, string>>, files: InputFiles) {
  const { TaskDefinitionTemplateArtifact: artifact = "", TaskDefinitionTemplatePath: path = "taskdef.json" } =
    configuration;
  const template = await files.read(artifact, path, "taskDefinition");
  const images = new Map<string, string>();
  for (const [name, from] of configuredImages(configuration)) {
    const detail = await files.read(from, "imageDetail.json", "image");
    const { ImageURI } = files.parse(detail, from, "image") as { ImageURI?: unknown };
    if (typeof ImageURI !== "string") throw files.failed(from, "image", "imageDetail.json has no ImageURI");
    images.set(name, ImageURI);
  }
  const filled = fillImages(template, images);
  return files.parse(filled, artifact, "taskDefinition") as RegisterTaskDefinitionCommandInput;
}

/** The id of the deployment, which is created once for each attempt. */
async function create(action: Action, files: InputFiles, taskDefinitionArn: string): Promise<string> {
  const { attempt, client, embedded, execution, save } = action;
  const {
    ApplicationName: applicationName = "",
    DeploymentGroupName: deploymentGroupName = "",
    AppSpecTemplateArtifact: artifact = "",
    AppSpecTemplatePath: path = "appspec.yaml",
  } = attempt.input.resolvedConfiguration;
  const content = fillTaskDefinition(await files.read(artifact, path, "appSpec"), taskDefinitionArn);
  const group = { applicationName, deploymentGroupName };
  // The content has the ARN of the revision, which no other attempt has.
  const hash = sha256(content);
  let id = attempt.note.creating === hash ? await createdDeployment(action, group, hash) : undefined;
  if (id === undefined) {
    await save({ note: { creating: hash } });
    const revision = { revisionType: "AppSpecContent" as const, appSpecContent: { content, sha256: hash } };
    const created = await client(CodeDeployClient)
      .send(new CreateDeploymentCommand({ ...group, revision }))
      .catch(refused("CreateDeployment"));
    id = created.deploymentId ?? "";
  }
  await save({ externalExecutionId: id });
  embedded.say("codepipeline", `${execution.pipelineName} created deployment ${id}`);
  return id;
}
