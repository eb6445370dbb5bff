import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseBuild, wordsOfDocker } from "../../../../src/local/services/codebuild/docker/build-options";
import { Docker } from "../../../../src/local/services/codebuild/docker/commands";
import { ContainersEngine } from "../../../../src/local/services/codebuild/docker/containers";
import { DockerEngine } from "../../../../src/local/services/codebuild/docker/docker-engine";
import { factsOf } from "../../../../src/local/services/codebuild/docker/dockerfile";
import { format } from "../../../../src/local/services/codebuild/docker/inspect";
import { loginsOf, type DockerSettings } from "../../../../src/local/services/codebuild/docker/settings";
import { temporaryFolder } from "../../../support/temporary-folder";

const HOST = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";
const IMAGE = `${HOST}/web:1`;
const LOCAL = `127.0.0.1:5000/${IMAGE}`;
const DIGEST = `sha256:${"a".repeat(64)}`;

describe("the options of docker build", () => {
  test.each([
    ["-t a:1 .", { tags: ["a:1"], words: ["--tag", "a:1"], context: "." }],
    ["--pull --tag=a:1 -f x/Dockerfile app", { file: "x/Dockerfile", context: "app" }],
    ["--build-arg A=b=c --build-arg D .", { words: ["--build-arg", "A=b=c", "--build-arg", "D"] }],
    [
      "--cache-from a:1 --progress=plain --load .",
      { withoutEffect: ["--cache-from", "--progress", "--load"], words: [] },
    ],
    ["--push -t a:1 .", { push: true, words: ["--tag", "a:1"] }],
    ["--output type=registry -t a:1 .", { push: true, words: ["--tag", "a:1"] }],
    ["-o out .", { push: false, words: ["--output", "out"] }],
    ["--platform linux/arm64 --target t .", { words: ["--platform", "linux/arm64", "--target", "t"] }],
    ["--wrong .", { unknown: ["--wrong"] }],
  ])("%s", (line, expected) => {
    expect(parseBuild(line.split(" "))).toMatchObject(expected);
  });

  test("Docker itself gets all but what pulls and pushes", () => {
    expect(wordsOfDocker("--pull --push --output type=registry --cache-from a -t b .".split(" "))).toEqual(
      "--cache-from a -t b .".split(" "),
    );
    expect(wordsOfDocker(["-o", "out", "."])).toEqual(["-o", "out", "."]);
  });
});

test("a Dockerfile says what its last stage has", () => {
  const text = [
    "ARG BASE=node:22",
    "FROM ${BASE} AS build",
    "EXPOSE 1",
    "FROM --platform=linux/amd64 $BASE",
    'ENV A=1 B="two words"',
    "LABEL x=y",
    "EXPOSE 8080 \\",
    "  9090/udp",
    "WORKDIR /app",
    'CMD ["node", "server.mjs"]',
    "ENTRYPOINT ./start $A",
  ].join("\n");
  expect(factsOf(text, { BASE: "node:24" })).toEqual({
    from: "node:24",
    config: {
      Env: ["A=1", "B=two words"],
      Labels: { x: "y" },
      ExposedPorts: { "8080/tcp": {}, "9090/udp": {} },
      WorkingDir: "/app",
      User: "",
      Cmd: ["node", "server.mjs"],
      Entrypoint: ["/bin/sh", "-c", "./start 1"],
    },
  });
});

test.each([
  ["{{.Id}}", "one"],
  ["{{ index .RepoDigests 0 }}", "a@b"],
  ["{{json .Config.Env}} {{.Config.User}}", '["X=1"] node'],
  ["{{index .RepoDigests 1}}", undefined],
  ["{{range .RepoDigests}}{{.}}{{end}}", undefined],
])("the template %s", (template, expected) => {
  expect(format(template, { Id: "one", RepoDigests: ["a@b"], Config: { Env: ["X=1"], User: "node" } })).toBe(
    expected,
  );
});

/** Programs that note how they are called stand for the engines, which cannot run everywhere. */
describe("an engine is called", () => {
  const folder = temporaryFolder();
  const path = process.env.PATH;
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    jest.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
    jest.spyOn(process.stderr, "write").mockImplementation(() => true);
    const bin = join(folder.path, "engines");
    mkdirSync(bin, { recursive: true });
    const script = [
      "#!/bin/sh",
      `echo "$(basename $0) $*" >> '${folder.path}/calls'`,
      'while [ $# -gt 0 ]; do case "$1" in',
      `  --digestfile) printf ${DIGEST} > "$2" ;;`,
      `  push) [ "$(basename $0)" = docker ] && echo "1: digest: ${DIGEST} size: 1" ;;`,
      "esac; shift; done; exit 0",
    ].join("\n");
    for (const name of ["docker", "podman"]) {
      writeFileSync(join(bin, name), script);
      chmodSync(join(bin, name), 0o755);
    }
    writeFileSync(join(folder.path, "calls"), "");
    process.env.PATH = `${bin}:${path ?? ""}`;
    process.env.DOCKER_CONFIG = join(folder.path, "own-config");
  });
  afterEach(() => {
    process.env.PATH = path;
    delete process.env.DOCKER_CONFIG;
    jest.restoreAllMocks();
  });

  const settings = (engine: "docker" | "podman"): DockerSettings => {
    const own = join(folder.path, `state-${engine}`);
    mkdirSync(own, { recursive: true });
    const made = { engine, registryPort: 5000, folder: own, bin: "/none", buildah: ["buildah"] };
    loginsOf(made).set(HOST, "QVdTOng=");
    return made;
  };
  const calls = () =>
    readFileSync(join(folder.path, "calls"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.replaceAll(folder.path, ""));

  test("docker, with the registry's name only while it pushes", async () => {
    const docker = new Docker(settings("docker"), new DockerEngine(settings("docker")));
    expect(await docker.run(["buildx", "build", "--pull", "--push", "-t", IMAGE, "."])).toBe(0);
    expect(calls()).toEqual([
      `docker buildx build -t ${IMAGE} .`,
      `docker tag ${IMAGE} ${LOCAL}`,
      `docker --config /state-docker/config push ${LOCAL}`,
      `docker rmi ${LOCAL}`,
    ]);
    const config = JSON.parse(
      readFileSync(join(folder.path, "state-docker", "config", "config.json"), "utf8"),
    ) as object;
    expect(config).toEqual({ auths: { "127.0.0.1:5000": { auth: "QVdTOng=" } } });
  });

  test("podman, which reads where ECR's host leads", async () => {
    const docker = new Docker(settings("podman"), new ContainersEngine(settings("podman"), "podman"));
    await docker.run(["build", "--pull", "-t", IMAGE, "."]);
    await docker.run(["push", IMAGE]);
    const policy = "--signature-policy /state-podman/policy.json";
    expect(calls()).toEqual([
      `podman build --pull=false --layers ${policy} --tag ${IMAGE} .`,
      `podman push --quiet --tls-verify=false --digestfile /state-podman/digest ${policy} ${IMAGE} docker://${LOCAL}`,
    ]);
    const registries = readFileSync(join(folder.path, "state-podman", "registries.conf"), "utf8");
    expect(registries).toContain(`prefix = "${HOST}"\nlocation = "127.0.0.1:5000/${HOST}"\ninsecure = true`);
    expect(written.join("")).toContain(`1: digest: ${DIGEST}`);
  });

  test("not for a push to another registry, or without a login", async () => {
    const docker = new Docker(settings("podman"), new ContainersEngine(settings("podman"), "podman"));
    await expect(docker.run(["push", "docker.io/library/x"])).rejects.toThrow("only ECR is available");
    const other = "222222222222.dkr.ecr.eu-west-1.amazonaws.com/x:1";
    await expect(docker.run(["push", other])).rejects.toThrow("no basic auth credentials");
    expect(calls()).toEqual([""]);
  });
});
