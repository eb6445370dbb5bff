import { createWriteStream, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { CodeBuildClient, StopBuildCommand } from "@aws-sdk/client-codebuild";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Call } from "../../../src/aws/recorded-calls";
import { codeBuildController } from "../../../src/local/services/codebuild/controller";
import { unzip, zip } from "../../../src/local/services/codebuild/storage/zip";
import { BUCKET, CodeBuildAccount, commands, phasesOf } from "../../support/codebuild";
import { EmbeddedAws } from "../../support/embedded-aws";
import { until } from "../../support/until";
import { temporaryFolder } from "../../support/temporary-folder";

const ACCOUNT = "111111111111";
const KEY = `arn:aws:kms:ap-northeast-2:${ACCOUNT}:key/00000000-0000-0000-0000-000000000001`;

const aws = new EmbeddedAws();
const codebuild = new CodeBuildAccount(aws, ACCOUNT);
const folder = temporaryFolder();
const noPrograms = () => undefined;

beforeAll(async () => {
  await aws.start();
  await codebuild.bucket();
  codebuild.begin(codeBuildController(aws.embedded, noPrograms));
});

afterAll(async () => {
  await codebuild.end();
  await aws.stop();
});

const s3 = () => codebuild.client(S3Client);
const build = (...list: string[]) => ({ phases: { build: commands(...list) } });
const foldersOfBuilds = () => readdirSync(join(aws.folder, "builds"));

async function putSource(key: string, files: Record<string, string>): Promise<void> {
  const { writeFileSync } = await import("node:fs");
  const all = Object.entries(files).map(([name, text]) => {
    const path = join(folder.path, name.replaceAll("/", "-"));
    writeFileSync(path, text);
    return { name, path };
  });
  const file = join(folder.path, "source.zip");
  await zip(all, file);
  await s3().send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: readFileSync(file) }));
}

async function artifact(key: string): Promise<string[]> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  const file = join(folder.path, "artifact.zip");
  await pipeline(Body as Readable, createWriteStream(file));
  const target = join(folder.path, "artifact");
  await unzip(file, target);
  return readdirSync(target, { recursive: true, encoding: "utf8" }).sort();
}

test("a build of a pipeline reads its source, runs its phases and returns its artifacts", async () => {
  const buildspec = [
    "version: 0.2",
    "env: { variables: { GREETING: buildspec }, exported-variables: [TAG] }",
    "phases:",
    "  pre_build: { commands: ['export TAG=$CODEBUILD_RESOLVED_SOURCE_VERSION-$CODEBUILD_BUILD_NUMBER'] }",
    "  build: { commands: ['echo said $GREETING $CODEBUILD_INITIATOR', 'mkdir out && cp app/a.txt out && aws --version || true'] }",
    "artifacts: { base-directory: out, files: ['**/*'] }",
  ].join("\n");
  await putSource("pipeline/Source/abc", { "buildspec.yml": buildspec, "app/a.txt": "a" });
  await codebuild.project(
    "pipeline",
    {},
    {
      source: { type: "CODEPIPELINE" },
      artifacts: { type: "CODEPIPELINE" },
      encryptionKey: KEY,
    },
  );
  const result = await codebuild.run({
    projectName: "pipeline",
    sourceVersion: `arn:aws:s3:::${BUCKET}/pipeline/Source/abc`,
    artifactsOverride: { type: "CODEPIPELINE", location: BUCKET, name: "pipeline/Build/abc" },
    environmentVariablesOverride: [
      { name: "GREETING", value: "project" },
      { name: "CODEBUILD_INITIATOR", value: "codepipeline/one" },
      { name: "CODEBUILD_RESOLVED_SOURCE_VERSION", value: "0123" },
    ],
  });
  expect([result.buildStatus, phasesOf(result)]).toEqual([
    "SUCCEEDED",
    [
      "SUBMITTED SUCCEEDED",
      "QUEUED SUCCEEDED",
      "PROVISIONING SUCCEEDED",
      "DOWNLOAD_SOURCE SUCCEEDED",
      "INSTALL SUCCEEDED",
      "PRE_BUILD SUCCEEDED",
      "BUILD SUCCEEDED",
      "POST_BUILD SUCCEEDED",
      "UPLOAD_ARTIFACTS SUCCEEDED",
      "FINALIZING SUCCEEDED",
      "COMPLETED",
    ],
  ]);
  expect(result.exportedEnvironmentVariables).toEqual([{ name: "TAG", value: "0123-1" }]);
  expect(await codebuild.log(result, "State: SUCCEEDED")).toContain("said project codepipeline/one\n");
  expect(await artifact("pipeline/Build/abc")).toEqual(["a.txt"]);
  const head = await s3().send(new HeadObjectCommand({ Bucket: BUCKET, Key: "pipeline/Build/abc" }));
  expect([head.ServerSideEncryption, head.SSEKMSKeyId]).toEqual(["aws:kms", KEY]);
});

test("its calls are recorded under the service role", () => {
  const lines = readFileSync(join(aws.folder, "calls.jsonl"), "utf8").trim().split("\n");
  const own = lines
    .map((line) => JSON.parse(line) as Call)
    .filter(({ roleArn }) => roleArn === codebuild.role);
  expect(new Set(own.map(({ action }) => action))).toEqual(
    new Set([
      "s3:GetObject",
      "s3:PutObject",
      "logs:CreateLogStream",
      "logs:CreateLogGroup",
      "logs:PutLogEvents",
    ]),
  );
});

test("its log is an object of S3 too, compressed, if the project wants that", async () => {
  const s3Logs = { status: "ENABLED" as const, location: `${BUCKET}/dev/logs` };
  await codebuild.project("stores", build("echo said hello"), { logsConfig: { s3Logs } });
  const { id = "" } = await codebuild.run({ projectName: "stores" });
  const key = `dev/logs/${id.split(":")[1] ?? ""}.gz`;
  const read = () => s3().send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  // It is stored when the build has ended.
  await until(() => read().then(Boolean, () => false));
  const bytes = await (await read()).Body?.transformToByteArray();
  expect(gunzipSync(bytes ?? "").toString()).toContain("said hello\n");
});

test("variables come from Parameter Store and Secrets Manager; one that is missing fails the build", async () => {
  const parameter = new PutParameterCommand({ Name: "/a/b", Value: "1", Type: "SecureString" });
  await codebuild.client(SSMClient).send(parameter);
  const secret = new CreateSecretCommand({ Name: "db", SecretString: '{"password":"2"}' });
  await codebuild.client(SecretsManagerClient).send(secret);
  const env = { "parameter-store": { P: "/a/b" }, "secrets-manager": { S: "db:password:AWSCURRENT" } };
  await codebuild.project("variables", { env, ...build('echo "said $P $S $T"') });
  const override = (value: string) => ({
    projectName: "variables",
    environmentVariablesOverride: [{ name: "T", value, type: "SECRETS_MANAGER" as const }],
  });
  const good = await codebuild.run(override("db:password"));
  expect(await codebuild.log(good, "BUILD State")).toContain("said 1 2 2\n");
  const { buildStatus, phases = [] } = await codebuild.run(override("none"));
  expect([buildStatus, phases[3]]).toMatchObject([
    "FAILED",
    {
      phaseType: "DOWNLOAD_SOURCE",
      phaseStatus: "FAILED",
      contexts: [
        {
          statusCode: "Secrets Manager Error Message",
          message: "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
        },
      ],
    },
  ]);
});

test("a command that fails is told in the context of its phase, and artifacts are missing in the next", async () => {
  await codebuild.project(
    "failing",
    { ...build("exit 3"), artifacts: { files: ["none"] } },
    { artifacts: { type: "S3", location: BUCKET, name: "failing.zip", packaging: "ZIP" } },
  );
  const { buildStatus, phases = [] } = await codebuild.run({ projectName: "failing" });
  const failed = phases.filter(({ phaseStatus }) => phaseStatus === "FAILED");
  expect([buildStatus, failed.map(({ contexts, phaseType }) => [phaseType, contexts?.[0]])]).toEqual([
    "FAILED",
    [
      [
        "BUILD",
        {
          statusCode: "COMMAND_EXECUTION_ERROR",
          message: "Error while executing command: exit 3. Reason: exit status 3",
        },
      ],
      ["UPLOAD_ARTIFACTS", { statusCode: "CLIENT_ERROR", message: "no matching artifact paths found" }],
    ],
  ]);
});

test.each(["S3", "LOCAL"] as const)(
  "a cache of the type %s brings files into the next build",
  async (type) => {
    const cache = type === "S3" ? { type, location: `${BUCKET}/cache` } : { type, modes: [] };
    const name = `cache-${type}`;
    await codebuild.project(
      name,
      {
        ...build(
          "echo said $(cat ~/.m2/x) $(cat node_modules/y)",
          "mkdir -p ~/.m2 node_modules; echo home > ~/.m2/x; echo source > node_modules/y",
        ),
        cache: { paths: ["/root/.m2/**/*", "node_modules/**/*"] },
      },
      { cache },
    );
    await codebuild.run({ projectName: name });
    const second = await codebuild.run({ projectName: name });
    expect(await codebuild.log(second, "The cache keeps")).toContain("said home source\n");
  },
);

const alive = (text: string) =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
      } catch {
        return false;
      }
    });

describe("a build that does not end well", () => {
  test("ends its shell, and the next command goes on with the last state", async () => {
    await codebuild.project("kills", {
      phases: {
        install: commands("A=1"),
        build: { commands: ["A=2; kill -9 $$"], finally: ["echo said $A"] },
      },
    });
    const result = await codebuild.run({ projectName: "kills" });
    expect(
      result.phases?.find(({ phaseStatus }) => phaseStatus === "FAILED")?.contexts?.[0]?.message,
    ).toContain("exit status 137");
    expect(await codebuild.log(result, "said")).toContain("said 1\n");
  });

  test("leaves nothing running: in the background, in another session", async () => {
    await codebuild.project("forks", build("sleep 4711 & setsid sleep 4712 & disown -a", "echo on"));
    const { buildStatus } = await codebuild.run({ projectName: "forks" });
    expect(buildStatus).toBe("SUCCEEDED");
    await codebuild.until(await codebuild.start({ projectName: "forks" }));
    await until(() => [...alive("4711"), ...alive("4712")].length === 0);
  });

  test("is stopped", async () => {
    await codebuild.project("hangs", build("echo said begins; sleep 4713"));
    const id = await codebuild.start({ projectName: "hangs" });
    await codebuild.log(await codebuild.until(id, "BUILD"), "said begins");
    await codebuild.client(CodeBuildClient).send(new StopBuildCommand({ id }));
    const result = await codebuild.read(id);
    expect([result.buildStatus, phasesOf(result).slice(-2)]).toEqual([
      "STOPPED",
      ["BUILD STOPPED", "COMPLETED"],
    ]);
    await codebuild.log(result, "The build was stopped");
    expect(alive("4713")).toEqual([]);
  });

  test("prints more than 100 MiB: the rest is cut, and memory does not grow with it", async () => {
    await codebuild.project("prints", build("head -c 120000000 /dev/zero | tr '\\0' x | fold -w 1000"), {
      logsConfig: { cloudWatchLogs: { status: "DISABLED" } },
    });
    const before = process.memoryUsage().rss;
    const id = await codebuild.start({ projectName: "prints" });
    const { buildStatus } = await codebuild.until(id);
    expect(buildStatus).toBe("SUCCEEDED");
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
    const file = join(aws.folder, "builds", id.split(":")[1] ?? "", "log");
    expect(statSync(file).size).toBeLessThan(101 * 2 ** 20);
    expect(readFileSync(file, "utf8")).toContain("The output has more than 100 MiB: the rest is cut");
  });
});

test("nothing but the log is left of a build", async () => {
  const left = () => foldersOfBuilds().map((name) => readdirSync(join(aws.folder, "builds", name)).join());
  await until(() => left().every((names) => names === "log"));
});
