import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  createWriteStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CreateRepositoryCommand, DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Call } from "../../../src/aws/recorded-calls";
import { configurationFile } from "../../../src/cli/init/configuration-file";
import { initValues } from "../../../src/cli/init/options";
import { buildSpec } from "../../../src/delivery/build-spec";
import { deliveryFiles } from "../../../src/delivery/files";
import { buildahStorage } from "../../../src/local/engine/kind";
import { codeBuildController } from "../../../src/local/services/codebuild/controller";
import { dockerInstaller } from "../../../src/local/services/codebuild/install-docker";
import { unzip, zip } from "../../../src/local/services/codebuild/storage/zip";
import { startRegistry, type Registry } from "../../../src/local/services/ecr/registry";
import { appSpecOf, imageSourceOf, taskDefinitionOf } from "../../../src/stacks/delivered";
import { systemOf, type Delivery } from "../../../src/system/system";
import { provideBaseImage } from "../../support/buildspec-runner/base-images";
import { hostOf, variablesOf } from "../../support/buildspec-runner/delivery-machine";
import { CodeBuildAccount } from "../../support/codebuild";
import { EmbeddedAws, REGION } from "../../support/embedded-aws";
import { configOf, systemFile } from "../../support/synth-app";

/** The builds of the examples, from StartBuild to the image in ECR: with buildah, and without an engine. */
const root = join(__dirname, "..", "..", "..");
const [shipped] = systemFile("codeseries.yaml").deliveries;
const [generated] = systemOf(configOf(configurationFile(initValues({ region: REGION })))).deliveries;
if (!shipped || !generated) throw new Error("both configurations have a delivery");

const aws = new EmbeddedAws();
/** For all tests of the file. */
const folder = mkdtempSync(join(tmpdir(), "codeseries-images-"));
let registry: Registry;

beforeAll(async () => {
  await aws.start();
  registry = await startRegistry(aws.embedded);
  provideBaseImage(folder, "node", "whole", buildahStorage("overlay"));
  provideBaseImage(folder, "java", "hollow", buildahStorage("overlay"));
});

afterAll(async () => {
  await registry.close();
  // buildah mounts the folder of its layers on itself.
  spawnSync("umount", [join(aws.folder, "containers", "storage", "overlay")]);
  await aws.stop();
  rmSync(folder, { recursive: true });
});

const GRADLE = join(root, "__tests__", "support", "buildspec-runner", "shims", "gradle.sh");

/** `docker` of an engine, and a stand-in for Gradle, which this machine lacks. */
const install = (engine: "buildah" | "none") => (bin: string, of: string) => {
  dockerInstaller(engine, registry.port)(bin, of);
  writeFileSync(join(bin, "gradle"), `#!/bin/sh\nBUILD_MACHINE='${folder}' exec bash '${GRADLE}' "$@"\n`);
  chmodSync(join(bin, "gradle"), 0o755);
};

async function sourceOf(example: string): Promise<Buffer> {
  const from = join(root, "examples", example);
  cpSync(from, join(folder, example), { recursive: true });
  const names = readdirSync(from, { recursive: true, encoding: "utf8", withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const files = names.map(({ name, parentPath }) => {
    const path = join(parentPath, name);
    return { name: path.slice(from.length + 1), path };
  });
  const file = join(folder, "source.zip");
  await zip(files, file);
  return readFileSync(file);
}

/** What Terraform makes for a delivery, as far as its build needs it. */
async function prepare(delivery: Delivery, shared: CodeBuildAccount, example: string): Promise<void> {
  const { artifactBucket, containerRepository } = delivery.names;
  const s3 = shared.client(S3Client);
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await s3
    .send(new CreateBucketCommand({ Bucket: artifactBucket, CreateBucketConfiguration }))
    .catch(() => undefined);
  const put = (Key: string, Body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: artifactBucket, Key, Body }));
  for (const { content, name } of deliveryFiles(taskDefinitionOf(delivery), appSpecOf(delivery)))
    await put(`delivery/${name}`, content);
  await put("source", await sourceOf(example));
  await aws
    .client(ECRClient, delivery.account.id)
    .send(
      new CreateRepositoryCommand({ repositoryName: containerRepository, imageTagMutability: "IMMUTABLE" }),
    );
}

async function artifactOf(shared: CodeBuildAccount, delivery: Delivery, key: string) {
  const command = new GetObjectCommand({ Bucket: delivery.names.artifactBucket, Key: key });
  const { Body } = await shared.client(S3Client).send(command);
  await pipeline(Body as Readable, createWriteStream(join(folder, "artifact.zip")));
  const target = join(folder, key);
  await unzip(join(folder, "artifact.zip"), target);
  const names = readdirSync(target).sort();
  return {
    names,
    detail: JSON.parse(readFileSync(join(target, "imageDetail.json"), "utf8")) as { ImageURI: string },
  };
}

const imagesOf = async (delivery: Delivery) => {
  const command = new DescribeImagesCommand({ repositoryName: delivery.names.containerRepository });
  const { imageDetails = [] } = await aws.client(ECRClient, delivery.account.id).send(command);
  return imageDetails;
};

describe.each([
  ["dockerfile-only", generated, buildSpec(imageSourceOf(generated))],
  ["awssdk-iam", shipped, shipped.settings.build.buildspec],
] as const)("a build of examples/%s", (example, delivery, buildspec) => {
  const shared = new CodeBuildAccount(aws, delivery.shared.id);
  const project = `project-${example}`;
  const run = async (engine: "buildah" | "none", output: string) => {
    shared.begin(codeBuildController(aws.embedded, install(engine)));
    try {
      return await shared.run({
        projectName: project,
        sourceVersion: `arn:aws:s3:::${delivery.names.artifactBucket}/source`,
        artifactsOverride: { type: "CODEPIPELINE", location: delivery.names.artifactBucket, name: output },
        environmentVariablesOverride: Object.entries(variablesOf(delivery)).map(([name, value]) => ({
          name,
          value,
        })),
      });
    } finally {
      await shared.end();
    }
  };

  beforeAll(async () => {
    await prepare(delivery, shared, example);
    await shared.project(
      project,
      {},
      {
        source: { type: "CODEPIPELINE", buildspec },
        artifacts: { type: "CODEPIPELINE" },
        cache: { type: "S3", location: `${delivery.names.artifactBucket}/cache` },
      },
    );
  });

  test.each(["buildah", "none"] as const)(
    "pushes its image with the engine %s, and returns its digest",
    async (engine) => {
      const result = await run(engine, `output-${engine}`);
      const log = await shared.log(result, "POST_BUILD State");
      expect({ status: result.buildStatus, log }).toEqual({
        status: "SUCCEEDED",
        log: expect.any(String) as string,
      });
      const tag = `01234567-${result.buildNumber ?? 0}`;
      const image = (await imagesOf(delivery)).find(({ imageTags }) => imageTags?.includes(tag) === true);
      expect(image?.imageDigest).toMatch(/^sha256:/);
      const uri = `${hostOf(delivery)}/${delivery.names.containerRepository}@${image?.imageDigest ?? ""}`;
      const { detail, names } = await artifactOf(shared, delivery, `output-${engine}`);
      expect([names, detail]).toEqual([
        ["appspec.yml", "imageDetail.json", "taskdef.json"],
        { ImageURI: uri },
      ]);
      expect(result.exportedEnvironmentVariables).toContainEqual({ name: "IMAGE_URI", value: uri });
      expect(log.includes("STAND-IN reads")).toBe(engine === "none");
    },
  );
});

test("the pushes are recorded under the push roles", () => {
  const lines = readFileSync(join(aws.folder, "calls.jsonl"), "utf8").trim().split("\n");
  const calls = lines.map((line) => JSON.parse(line) as Call);
  for (const { arns } of [generated, shipped]) {
    const own = calls.filter(({ roleArn }) => roleArn === arns.roles.push);
    expect(own.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["ecr:InitiateLayerUpload", "ecr:CompleteLayerUpload", "ecr:PutImage"]),
    );
  }
});
