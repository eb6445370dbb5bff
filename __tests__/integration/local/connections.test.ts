import {
  CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type PipelineTriggerDeclaration,
} from "@aws-sdk/client-codepipeline";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { knownPort } from "../../../src/local/reconcile/ports";
import {
  codeCommitController,
  type CodeCommitController,
} from "../../../src/local/services/codecommit/controller";
import { CodePipelineController } from "../../../src/local/services/codepipeline/controller";
import { EmbeddedAws, REGION } from "../../support/embedded-aws";
import { GitClient } from "../../support/git-client";
import { ACCOUNT, PipelineSystem } from "../../support/pipeline-system";
import { until } from "../../support/until";

const CONNECTION = `arn:aws:codeconnections:${REGION}:${ACCOUNT}:connection/one`;

const aws = new EmbeddedAws();
const system = new PipelineSystem(aws);
let server: CodeCommitController;
let developer: GitClient;
let pipelines: CodePipelineClient;

const urlOf = (name: string) => `http://127.0.0.1:${knownPort("git") ?? 0}/connections/${name}`;

const trust = JSON.stringify({
  Statement: [
    { Effect: "Allow", Principal: { Service: "codepipeline.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** A pipeline whose second stage waits for a person, after the source of the connection. */
const createPipeline = (
  name: string,
  configuration: Readonly<Record<string, string>>,
  trigger?: PipelineTriggerDeclaration,
) =>
  pipelines.send(
    new CreatePipelineCommand({
      pipeline: {
        name,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/pipeline`,
        pipelineType: "V2",
        artifactStore: { type: "S3", location: "artifacts" },
        stages: [
          {
            name: "Source",
            actions: [
              {
                name: "Source",
                actionTypeId: {
                  ...{ category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
                },
                configuration: {
                  ...{ ConnectionArn: CONNECTION, FullRepositoryId: "acme/orders", BranchName: "main" },
                  ...configuration,
                },
                outputArtifacts: [{ name: "SourceArtifact" }],
              },
            ],
          },
          {
            name: "Approve",
            actions: [
              {
                name: "Approve",
                actionTypeId: { category: "Approval", owner: "AWS", provider: "Manual", version: "1" },
              },
            ],
          },
        ],
        ...(trigger && { triggers: [trigger] }),
      },
    }),
  );

const onTags: PipelineTriggerDeclaration = {
  providerType: "CodeStarSourceConnection",
  gitConfiguration: { sourceActionName: "Source", push: [{ tags: { includes: ["v*"] } }] },
};

beforeAll(async () => {
  server = await codeCommitController(await aws.start());
  pipelines = aws.client(CodePipelineClient, ACCOUNT);
  await aws
    .client(IAMClient, ACCOUNT)
    .send(new CreateRoleCommand({ RoleName: "pipeline", AssumeRolePolicyDocument: trust }));
  await aws.client(S3Client, ACCOUNT).send(
    new CreateBucketCommand({
      Bucket: "artifacts",
      CreateBucketConfiguration: { LocationConstraint: REGION },
    }),
  );
  await createPipeline("on-branch", {});
  await createPipeline(
    "on-tags",
    { DetectChanges: "false", OutputArtifactFormat: "CODEBUILD_CLONE_REF" },
    onTags,
  );
  await createPipeline("by-hand", { DetectChanges: "false" });
  developer = await new GitClient().init();
  system.run(server, new CodePipelineController(aws.embedded));
});

afterAll(async () => {
  await system.end();
  await server.close();
  developer.remove();
  await aws.stop();
});

/** What started each execution of a pipeline, newest first. */
async function triggers(pipelineName: string) {
  const found = await pipelines.send(new ListPipelineExecutionsCommand({ pipelineName }));
  return (found.pipelineExecutionSummaries ?? []).map(({ trigger }) => trigger?.triggerType);
}

/** The newest source action that a push has started, after it has succeeded. */
const sourceOf = (pipelineName: string, commit: string) =>
  until(async () => {
    const found = await pipelines.send(new ListActionExecutionsCommand({ pipelineName }));
    return found.actionExecutionDetails?.find(({ output }) => output?.outputVariables?.CommitId === commit);
  });

async function readObject(location: { bucket?: string; key?: string } = {}): Promise<Buffer> {
  const command = new GetObjectCommand({ Bucket: location.bucket, Key: location.key });
  const { Body } = await aws.client(S3Client, ACCOUNT).send(command);
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const created = "CreatePipeline";
const pushed = "WebhookV2";

test("a push to the branch starts the pipeline that detects changes, and no other", async () => {
  const commit = await developer.commit("First", { "a.txt": "a" });
  await developer.git("push", "--quiet", urlOf("acme/orders"), "HEAD:main", "HEAD:other");
  expect(await triggers("on-branch")).toEqual([pushed, created]);
  expect(await triggers("on-tags")).toEqual([created]);
  expect(await triggers("by-hand")).toEqual([created]);
  const source = await sourceOf("on-branch", commit);
  expect(source.output?.outputVariables).toMatchObject({
    ...{ BranchName: "main", CommitMessage: "First", FullRepositoryName: "acme/orders" },
    ConnectionArn: CONNECTION,
  });
  const archive = await readObject(source.output?.outputArtifacts?.[0]?.s3location);
  expect(archive.subarray(0, 2).toString()).toBe("PK");
});

test("a tag starts the pipeline with a trigger for it, at the commit of the tag", async () => {
  const commit = await developer.git("rev-parse", "HEAD");
  await developer.commit("Second", { "a.txt": "b" });
  await developer.git("tag", "--annotate", "--message", "One", "v1", commit);
  await developer.git("tag", "x1");
  await developer.git("push", "--quiet", urlOf("acme/orders"), "v1", "x1");
  expect(await triggers("on-tags")).toEqual([pushed, created]);
  expect(await triggers("on-branch")).toEqual([pushed, created]);
  const source = await sourceOf("on-tags", commit);
  expect(source.output?.outputVariables).not.toHaveProperty("BranchName");
  const reference = await readObject(source.output?.outputArtifacts?.[0]?.s3location);
  expect(JSON.parse(reference.toString())).toMatchObject({
    ...{ CommitId: commit, FullRepositoryName: "acme/orders", CloneUrl: urlOf("acme/orders") },
  });
});

test("what was pushed while nobody looked starts the pipeline once", async () => {
  const folder = aws.embedded.file("repositories/connections/acme/orders.git");
  await developer.git("push", "--quiet", folder, "HEAD:main");
  expect(await triggers("on-branch")).toEqual([pushed, created]);
  await developer.git("ls-remote", urlOf("acme/orders"));
  await developer.git("ls-remote", urlOf("acme/orders"));
  expect(await triggers("on-branch")).toEqual([pushed, pushed, created]);
});

test("a repository that no pipeline uses is named", async () => {
  await expect(developer.git("ls-remote", urlOf("acme/unknown"))).rejects.toThrow(
    /no pipeline has the repository acme\/unknown as a source through a connection/,
  );
});
