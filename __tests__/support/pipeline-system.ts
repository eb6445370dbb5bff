import { CodeBuildClient, CreateProjectCommand } from "@aws-sdk/client-codebuild";
import { CodeCommitClient, CreateRepositoryCommand } from "@aws-sdk/client-codecommit";
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  StopPipelineExecutionCommand,
  type ActionDeclaration,
  type ActionTypeId,
} from "@aws-sdk/client-codepipeline";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ZipFile } from "yazl";
import { buffer } from "node:stream/consumers";
import { ControllerLoop, type Controller } from "../../src/local/reconcile/controller";
import { StaleDocument, type Document } from "../../src/local/reconcile/documents";
import { REGION, type EmbeddedAws } from "./embedded-aws";
import { until } from "./until";

export const ACCOUNT = "111111111111";
export const PIPELINE = "orders-pipeline-of-the-shop";
const BUCKET = "orders-artifacts";

const type = (category: ActionTypeId["category"], provider: string): ActionTypeId => ({
  ...{ category, provider, owner: "AWS", version: "1" },
});

const SOURCE: ActionDeclaration = {
  name: "Source",
  actionTypeId: type("Source", "CodeCommit"),
  namespace: "SourceVariables",
  configuration: { RepositoryName: "orders", BranchName: "main", PollForSourceChanges: "false" },
  outputArtifacts: [{ name: "SourceArtifact" }],
};

const BUILD: ActionDeclaration = {
  name: "Build",
  actionTypeId: type("Build", "CodeBuild"),
  namespace: "BuildVariables",
  configuration: {
    ProjectName: "orders",
    EnvironmentVariables: JSON.stringify([{ name: "COMMIT_ID", value: "#{SourceVariables.CommitId}" }]),
  },
  inputArtifacts: [{ name: "SourceArtifact" }],
  outputArtifacts: [{ name: "BuildArtifact" }],
};

const APPROVE: ActionDeclaration = {
  name: "Approve",
  actionTypeId: type("Approval", "Manual"),
  configuration: { CustomData: "Image #{BuildVariables.TAG} of #{SourceVariables.CommitId}" },
};

const DEPLOY: ActionDeclaration = {
  name: "Deploy",
  actionTypeId: type("Deploy", "CodeDeployToECS"),
  roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
  configuration: {
    ApplicationName: "orders",
    DeploymentGroupName: "orders",
    TaskDefinitionTemplateArtifact: "BuildArtifact",
    AppSpecTemplateArtifact: "BuildArtifact",
    AppSpecTemplatePath: "appspec.yml",
    Image1ArtifactName: "BuildArtifact",
    Image1ContainerName: "IMAGE1_NAME",
  },
  inputArtifacts: [{ name: "BuildArtifact" }],
};

interface BuildDocument {
  readonly id: string;
  readonly buildStatus: string;
  readonly sourceVersion: string;
  readonly _request: { readonly artifactsOverride: { readonly location: string; readonly name: string } };
}

const TASK_DEFINITION = {
  family: "orders",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ name: "app", image: "<IMAGE1_NAME>", portMappings: [{ containerPort: 80 }] }],
};

const APP_SPEC = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo: { ContainerName: app, ContainerPort: 80 }
`;

/** A pipeline of four stages with its repository and project, and the hands that builds and deployments lack. */
export class PipelineSystem {
  private abort = new AbortController();
  private loops: ControllerLoop[] = [];

  constructor(private readonly aws: EmbeddedAws) {}

  public get pipelines(): CodePipelineClient {
    return this.aws.client(CodePipelineClient, ACCOUNT);
  }

  public async create(): Promise<void> {
    const trust = (service: string) =>
      JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      });
    const iam = this.aws.client(IAMClient, ACCOUNT);
    const document = trust("codepipeline.amazonaws.com");
    await iam.send(new CreateRoleCommand({ RoleName: "pipeline", AssumeRolePolicyDocument: document }));
    await this.aws.client(S3Client, ACCOUNT).send(
      new CreateBucketCommand({
        Bucket: BUCKET,
        CreateBucketConfiguration: { LocationConstraint: REGION },
      }),
    );
    await this.aws
      .client(CodeCommitClient, ACCOUNT)
      .send(new CreateRepositoryCommand({ repositoryName: "orders" }));
    await this.aws.client(CodeBuildClient, ACCOUNT).send(
      new CreateProjectCommand({
        name: "orders",
        serviceRole: `arn:aws:iam::${ACCOUNT}:role/build`,
        source: { type: "CODEPIPELINE" },
        artifacts: { type: "CODEPIPELINE" },
        environment: {
          type: "LINUX_CONTAINER",
          computeType: "BUILD_GENERAL1_SMALL",
          image: "aws/codebuild/standard:7.0",
        },
      }),
    );
    await this.pipelines.send(
      new CreatePipelineCommand({
        pipeline: {
          name: PIPELINE,
          roleArn: `arn:aws:iam::${ACCOUNT}:role/pipeline`,
          pipelineType: "V2",
          artifactStore: { type: "S3", location: BUCKET },
          stages: [
            { name: "Source", actions: [SOURCE] },
            { name: "Build", actions: [BUILD] },
            { name: "Approve", actions: [APPROVE] },
            { name: "Deploy", actions: [DEPLOY] },
          ],
        },
      }),
    );
  }

  /** Runs controllers as their process does. */
  public run(...controllers: Controller[]): void {
    this.abort = new AbortController();
    const { changes, say } = this.aws.embedded;
    this.loops = controllers.map(
      (one) =>
        new ControllerLoop(one, (error) => {
          say(one.name, `error ${String(error)}`);
        }),
    );
    const { loops } = this;
    void changes.watch(() => {
      for (const loop of loops) loop.wake();
    }, this.abort.signal);
  }

  public async end(): Promise<void> {
    this.abort.abort();
    await Promise.all(this.loops.map((loop) => loop.end()));
  }

  public async builds(): Promise<Document<BuildDocument>[]> {
    return this.aws.embedded.documents.list<BuildDocument>("codebuild");
  }

  /** Ends the newest build as CodeBuild would; a good one stores its artifact. */
  public async endBuild(status: "SUCCEEDED" | "FAILED" = "SUCCEEDED"): Promise<void> {
    const read = await until(async () =>
      (await this.builds()).find((one) => one.document.buildStatus === "IN_PROGRESS"),
    );
    const { location, name } = read.document._request.artifactsOverride;
    const archive = new ZipFile();
    archive.addBuffer(Buffer.from(JSON.stringify(TASK_DEFINITION)), "taskdef.json");
    archive.addBuffer(Buffer.from(APP_SPEC), "appspec.yml");
    archive.addBuffer(Buffer.from(JSON.stringify({ ImageURI: `orders@${read.id}` })), "imageDetail.json");
    archive.end();
    const Body = await buffer(archive.outputStream);
    if (status === "SUCCEEDED")
      await this.aws
        .client(S3Client, ACCOUNT)
        .send(new PutObjectCommand({ Bucket: location, Key: name, Body }));
    const contexts = [{ statusCode: "COMMAND_EXECUTION_ERROR", message: "exit status 1" }];
    await this.aws.embedded.documents.write<object>("codebuild", read, {
      ...read.document,
      buildStatus: status,
      buildComplete: true,
      exportedEnvironmentVariables: [{ name: "TAG", value: "v7" }],
      phases: [{ phaseType: "BUILD", phaseStatus: status, contexts }],
    });
  }

  /** Ends the deployment that is going on as CodeDeploy would. */
  public async endDeployment(status: "Succeeded" | "Failed" = "Succeeded"): Promise<void> {
    const { documents } = this.aws.embedded;
    type Deployment = { readonly info: { readonly status: string } };
    for (;;) {
      const read = await until(async () =>
        (await documents.list<Deployment>("codedeploy-deployment")).find(
          ({ document: { info } }) => !["Succeeded", "Failed", "Stopped"].includes(info.status),
        ),
      );
      const info = { ...read.document.info, status };
      try {
        await documents.write("codedeploy-deployment", read, { ...read.document, info });
        return;
      } catch (error) {
        if (!(error instanceof StaleDocument)) throw error;
      }
    }
  }

  /** The status of each execution, newest first. */
  public async statuses(): Promise<(string | undefined)[]> {
    const found = await this.pipelines.send(new ListPipelineExecutionsCommand({ pipelineName: PIPELINE }));
    return found.pipelineExecutionSummaries?.map(({ status }) => status) ?? [];
  }

  public async newest() {
    const found = await this.pipelines.send(new ListPipelineExecutionsCommand({ pipelineName: PIPELINE }));
    return found.pipelineExecutionSummaries?.[0]?.pipelineExecutionId ?? "";
  }

  public async execution(pipelineExecutionId: string) {
    const command = new GetPipelineExecutionCommand({ pipelineName: PIPELINE, pipelineExecutionId });
    return (await this.pipelines.send(command)).pipelineExecution;
  }

  /** The attempts of the actions of an execution, oldest first, as `name status`. */
  public async actions(pipelineExecutionId: string) {
    const command = new ListActionExecutionsCommand({
      pipelineName: PIPELINE,
      filter: { pipelineExecutionId },
    });
    return ((await this.pipelines.send(command)).actionExecutionDetails ?? []).reverse();
  }

  public async stage(name: string) {
    const { stageStates = [] } = await this.pipelines.send(new GetPipelineStateCommand({ name: PIPELINE }));
    return stageStates.find(({ stageName }) => stageName === name);
  }

  /** Waits until the last attempt of an execution is `name status`. */
  public async untilAction(id: string, wanted: string): Promise<void> {
    await until(
      async () => {
        const last = (await this.actions(id)).at(-1);
        return `${last?.actionName ?? ""} ${last?.status ?? ""}` === wanted;
      },
      () => `${id} is not at ${wanted}`,
    );
  }

  public async stop(pipelineExecutionId: string, abandon: boolean): Promise<void> {
    const reason = "a test";
    await this.pipelines.send(
      new StopPipelineExecutionCommand({ pipelineName: PIPELINE, pipelineExecutionId, abandon, reason }),
    );
  }

  public async untilStatus(id: string, status: string): Promise<void> {
    await until(
      async () => (await this.execution(id))?.status === status,
      () => `${id} is not ${status}`,
    );
  }
}
