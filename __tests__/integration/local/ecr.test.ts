import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  type ImageTagMutability,
} from "@aws-sdk/client-ecr";
import type { Call } from "../../../src/aws/recorded-calls";
import { startRegistry, type Registry } from "../../../src/local/services/ecr/registry";
import { EmbeddedAws } from "../../support/embedded-aws";
import { digestOf, hostOf, manifestOf, MANIFEST_TYPE, RegistryClient } from "../../support/registry-client";

const ACCOUNT = "111111111111";
const OTHER = "222222222222";
const PUSH = `arn:aws:iam::${ACCOUNT}:role/push`;
const CONFIG = '{"architecture":"amd64","os":"linux"}';

const aws = new EmbeddedAws();
let registry: Registry;
let client: RegistryClient;

beforeAll(async () => {
  const embedded = await aws.start();
  registry = await startRegistry(embedded);
  client = await RegistryClient.login(embedded, registry.port, PUSH);
});

afterAll(async () => {
  await registry.close();
  await aws.stop();
});

const ecr = () => aws.client(ECRClient, ACCOUNT);

async function create(repositoryName: string, imageTagMutability: ImageTagMutability = "IMMUTABLE") {
  await ecr().send(new CreateRepositoryCommand({ repositoryName, imageTagMutability }));
  return `${hostOf(ACCOUNT)}/${repositoryName}`;
}

async function push(repository: string, layer: string, tag: string) {
  await client.blob(repository, CONFIG);
  const manifest = manifestOf(CONFIG, await client.blob(repository, layer));
  const answer = await client.fetch("PUT", `/v2/${repository}/manifests/${tag}`, manifest, MANIFEST_TYPE);
  return { status: answer.status, manifest, text: await answer.text() };
}

const errorOf = async (answer: Response) => {
  const { errors } = (await answer.json()) as { errors: { code: string; message: string }[] };
  return { status: answer.status, ...errors[0] };
};

const calls = () =>
  readFileSync(join(aws.folder, "calls.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Call);

test("an image that is pushed is in ECR, and is pulled by tag and by digest", async () => {
  const repository = await create("one");
  const { manifest, status } = await push(repository, "layer", "v1");
  expect(status).toBe(201);
  const { imageDetails } = await ecr().send(new DescribeImagesCommand({ repositoryName: "one" }));
  expect(imageDetails).toMatchObject([
    {
      imageTags: ["v1"],
      imageDigest: digestOf(manifest),
      imageSizeInBytes: CONFIG.length + 5,
      imageManifestMediaType: MANIFEST_TYPE,
    },
  ]);
  for (const reference of ["v1", digestOf(manifest)]) {
    const read = await client.fetch("GET", `/v2/${repository}/manifests/${reference}`);
    expect([read.headers.get("content-type"), await read.text()]).toEqual([MANIFEST_TYPE, manifest]);
  }
  const layer = await client.fetch("GET", `/v2/${repository}/blobs/${digestOf("layer")}`);
  expect([layer.headers.get("content-length"), await layer.text()]).toEqual(["5", "layer"]);
  expect(await (await client.fetch("GET", `/v2/${repository}/tags/list`)).json()).toEqual({
    name: repository,
    tags: ["v1"],
  });
});

test("the calls of a push and a pull are recorded under the role that has logged in", () => {
  const own = calls().filter(({ roleArn }) => roleArn === PUSH);
  expect(new Set(own.map(({ action }) => action))).toEqual(
    new Set([
      "ecr:GetAuthorizationToken",
      "ecr:InitiateLayerUpload",
      "ecr:CompleteLayerUpload",
      "ecr:PutImage",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
      "ecr:ListImages",
    ]),
  );
});

test("an immutable tag is not overwritten, and the same image can be pushed again", async () => {
  const repository = await create("immutable");
  await push(repository, "a", "v1");
  expect((await push(repository, "a", "v1")).status).toBe(201);
  const { status, text } = await push(repository, "b", "v1");
  expect([status, text]).toEqual([
    400,
    expect.stringContaining(
      "The image tag 'v1' already exists in the 'immutable' repository and cannot be overwritten because the tag is immutable.",
    ),
  ]);
});

test("an index names images of the repository", async () => {
  const repository = await create("index", "MUTABLE");
  const { manifest } = await push(repository, "a", "amd64");
  const indexType = "application/vnd.oci.image.index.v1+json";
  const put = (digest: string) => {
    const manifests = [{ mediaType: MANIFEST_TYPE, digest, size: manifest.length }];
    const index = JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests });
    return client.fetch("PUT", `/v2/${repository}/manifests/all`, index, indexType);
  };
  expect((await put(digestOf(manifest))).status).toBe(201);
  expect(await errorOf(await put(digestOf("none")))).toMatchObject({ status: 400, code: "MANIFEST_UNKNOWN" });
});

test("a layer is mounted from another repository", async () => {
  const [from, to] = [await create("from"), await create("to")];
  const { digest } = await client.blob(from, "shared");
  const path = `/v2/${to}/blobs/${digest}`;
  expect((await client.fetch("HEAD", path)).status).toBe(404);
  const mount = await client.fetch("POST", `/v2/${to}/blobs/uploads/?mount=${digest}&from=${from}`);
  expect([mount.status, (await client.fetch("HEAD", path)).status]).toEqual([201, 200]);
});

test("a repository that ECR does not have is refused in its words", async () => {
  const path = `/v2/${hostOf(ACCOUNT)}/none/blobs/uploads/`;
  expect(await errorOf(await client.fetch("POST", path))).toEqual({
    status: 404,
    code: "NAME_UNKNOWN",
    message: `The repository with name 'none' does not exist in the registry with id '${ACCOUNT}'`,
  });
});

test("only the token of an account pushes to its repositories; without one nothing is answered", async () => {
  const repository = await create("mine");
  const other = await RegistryClient.login(aws.embedded, registry.port, `arn:aws:iam::${OTHER}:role/push`);
  const refused = await other.fetch("POST", `/v2/${repository}/blobs/uploads/`);
  expect(await errorOf(refused)).toMatchObject({ status: 403, code: "DENIED" });
  expect((await fetch(`http://127.0.0.1:${registry.port}/v2/`)).status).toBe(401);
});

test("bytes with another digest, an unknown upload and a missing layer are refused", async () => {
  const repository = await create("wrong");
  const path = `/v2/${repository}/blobs/uploads/`;
  const wrong = await client.fetch("POST", `${path}?digest=${digestOf("a")}`, "b");
  expect(await errorOf(wrong)).toMatchObject({ status: 400, code: "DIGEST_INVALID" });
  const unknown = await client.fetch("PATCH", `${path}00000000-0000-0000-0000-000000000000`, "b");
  expect(await errorOf(unknown)).toMatchObject({ status: 404, code: "BLOB_UPLOAD_UNKNOWN" });
  const manifest = manifestOf(CONFIG, { digest: digestOf("none"), size: 4 });
  const put = await client.fetch("PUT", `/v2/${repository}/manifests/v1`, manifest, MANIFEST_TYPE);
  expect(await errorOf(put)).toMatchObject({ status: 400, code: "MANIFEST_BLOB_UNKNOWN" });
});

test("a layer of 1 GB is not in memory", async () => {
  const repository = await create("large");
  const before = process.memoryUsage().rss;
  const { digest, status } = await client.zeros(repository, 2 ** 30);
  const grown = process.memoryUsage().rss - before;
  const { headers } = await client.fetch("HEAD", `/v2/${repository}/blobs/${digest}`);
  expect([status, headers.get("content-length")]).toEqual([201, String(2 ** 30)]);
  expect(grown).toBeLessThan(300 * 2 ** 20);
});
