import {
  ecrHostOf,
  localImage,
  repositoryAt,
  withoutLocal,
} from "../../../../src/local/services/ecr/image-name";
import { routeOf } from "../../../../src/local/services/ecr/route";
import { tokenIn } from "../../../../src/local/services/ecr/token";

const HOST = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";
const DIGEST = `sha256:${"a".repeat(64)}`;
const repository = { account: "111111111111", region: "eu-west-1", name: "ecs/dev" };

test.each([
  [`${HOST}/ecs/dev:1`, `127.0.0.1:5000/${HOST}/ecs/dev:1`],
  [`${HOST}/ecs/dev@${DIGEST}`, `127.0.0.1:5000/${HOST}/ecs/dev@${DIGEST}`],
  [`https://${HOST}`, `127.0.0.1:5000/${HOST}`],
  ["public.ecr.aws/docker/library/node:22", "public.ecr.aws/docker/library/node:22"],
  ["node:22", "node:22"],
])("%s is %s in the local registry", (image, local) => {
  expect(localImage(image, 5000)).toBe(local);
  expect(withoutLocal(local, 5000)).toBe(image.replace("https://", ""));
});

test("only a host of ECR is one", () => {
  expect([ecrHostOf(`https://${HOST}`), ecrHostOf("docker.io"), ecrHostOf(`evil/${HOST}`)]).toEqual([
    HOST,
    undefined,
    undefined,
  ]);
  expect(repositoryAt(HOST)).toBeUndefined();
});

test.each([
  ["/v2/", { kind: "base" }],
  [`/v2/${HOST}/ecs/dev/blobs/uploads/`, { kind: "uploads", repository, reference: "" }],
  [`/v2/${HOST}/ecs/dev/blobs/${DIGEST}`, { kind: "blob", repository, reference: DIGEST }],
  [`/v2/${HOST}/ecs/dev/manifests/v1.0`, { kind: "manifest", repository, reference: "v1.0" }],
  [`/v2/${HOST}/ecs/dev/manifests/${DIGEST}`, { kind: "manifest", repository, reference: DIGEST }],
  [`/v2/${HOST}/ecs/dev/tags/list`, { kind: "tags", repository, reference: "" }],
  [`/v2/${HOST}/ecs/dev/blobs/../../x`, undefined],
  ["/v2/ecs/dev/manifests/v1", undefined],
])("%s", (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

describe("a token", () => {
  const token = { accessKeyId: "ASIA", account: "111111111111", expiration: 2_000 };
  const header = (user: string, password: string) =>
    `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const encoded = Buffer.from(JSON.stringify(token)).toString("base64");

  test("names who has logged in", () => {
    expect(tokenIn(header("AWS", encoded), 1_999_000)).toEqual(token);
  });

  test.each([
    ["none", undefined],
    ["one of another user", header("someone", encoded)],
    ["one that is no JSON", header("AWS", "password")],
    ["one without an account", header("AWS", Buffer.from('{"accessKeyId":"A"}').toString("base64"))],
  ])("%s is not valid", (_, authorization) => {
    expect(tokenIn(authorization, 1_000)).toBeUndefined();
  });

  test("ends", () => {
    expect(tokenIn(header("AWS", encoded), 2_000_000)).toBeUndefined();
  });
});
