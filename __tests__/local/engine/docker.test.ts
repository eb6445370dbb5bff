import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageOf, runArguments, statesOf, variablesOf } from "../../../src/local/engine/docker/arguments";
import { Docker } from "../../../src/local/engine/docker/docker";
import type { ContainerSpec } from "../../../src/local/engine/engine";

const ID = "0123456789abcdef0123456789abcdef";

const container: ContainerSpec = {
  name: "web",
  image: imageOf("127.0.0.1:5000/web@sha256:1", undefined),
  arguments: ["sh", "-c", "exec httpd"],
  environment: { DB_PASSWORD: "secret", PATH: "/app/bin" },
  user: "1000",
  workingDirectory: "/app",
  readonlyRoot: true,
  mounts: [{ source: "/v", path: "/data", readOnly: true }],
  memoryMiB: 512,
  cpus: 0.25,
  stopSeconds: 30,
  ends: false,
  ports: [8080],
};

/** Each option with its value, in the order of the arguments. */
const pairs = (args: readonly string[]) => args.map((arg, index) => `${arg} ${args[index + 1] ?? ""}`);

describe("the arguments of docker run", () => {
  const { args, env } = runArguments("/local", { id: ID, ports: [8080, 9000] }, container, undefined);

  test("publish the ports of all containers of the task at the first", () => {
    expect(pairs(args)).toEqual(
      expect.arrayContaining(["--publish 127.0.0.1::8080", "--publish 127.0.0.1::9000"]),
    );
  });

  test("join the network of the first", () => {
    const second = runArguments("/local", { id: ID, ports: [8080] }, container, "web").args;
    expect(pairs(second)).toContain(`--network container:codeseries-${ID}-web`);
    expect(second).not.toContain("--publish");
  });

  test("have no value of a variable, unless it would change docker itself", () => {
    expect(pairs(args)).toEqual(expect.arrayContaining(["--env DB_PASSWORD", "--env PATH=/app/bin"]));
    expect(args.join(" ")).not.toContain("secret");
    expect(env).toEqual({ DB_PASSWORD: "secret" });
  });

  test("have what the task definition says", () => {
    expect(pairs(args)).toEqual(
      expect.arrayContaining([
        "--user 1000",
        "--workdir /app",
        "--memory 512m",
        "--cpus 0.25",
        "--volume /v:/data:ro",
        "--entrypoint sh",
      ]),
    );
    expect(args).toContain("--read-only");
    expect(args.slice(-3)).toEqual(["127.0.0.1:5000/web@sha256:1", "-c", "exec httpd"]);
  });
});

test.each([
  ["running\tUp 3 seconds", { running: true }],
  ["created\tCreated", { running: true }],
  ["exited\tExited (0) 3 seconds ago", { running: false, exitCode: 0 }],
  ["exited\tExited (137) 2 hours ago", { running: false, exitCode: 137 }],
  ["dead\tDead", { running: false }],
])("docker ps: %s", (columns, state) => {
  expect(statesOf(`codeseries-${ID}-web-1\t${columns}`)).toEqual([
    { task: ID, container: "web-1", ...state },
  ]);
});

test("docker ps: no container, and another's", () => {
  expect(statesOf("")).toEqual([]);
  expect(statesOf("mine\trunning\tUp")).toEqual([]);
});

test("a variable of an image may have an equals sign in its value, or no value", () => {
  expect(variablesOf(["A=b=c", "EMPTY=", "NONE"])).toEqual({ A: "b=c", EMPTY: "", NONE: "" });
});

test("an image without settings starts nothing in the root folder", () => {
  expect(imageOf("web", { RepoDigests: ["web@sha256:2"] })).toMatchObject({
    digest: "sha256:2",
    entrypoint: [],
    workingDirectory: "/",
  });
});

/** A program that writes down its arguments and answers as docker does. It is no docker: nothing runs. */
const RECORDER = `#!/bin/sh
echo "$*" >> "$RECORDED"
case "$1" in
  login) cat >> "$RECORDED" ;;
  image) echo '[{"RepoDigests":["127.0.0.1:5000/web@sha256:3"],"Config":{"Cmd":["serve"],"Env":["A=1"]}}]' ;;
  port) echo 127.0.0.1:49153 ;;
  ps) case "$*" in *--quiet*) echo 4d5e ;; *) printf 'codeseries-${ID}-web\\trunning\\tUp 1 second\\n' ;; esac ;;
  pull) case "$*" in *missing*) echo "manifest unknown" >&2; exit 1 ;; esac ;;
esac
`;

describe.each(["docker", "podman"] as const)("%s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-docker-"));
  const recorded = join(folder, "recorded");
  const path = process.env.PATH;

  beforeAll(() => {
    writeFileSync(join(folder, name), RECORDER);
    chmodSync(join(folder, name), 0o755);
    process.env.PATH = `${folder}:${path ?? ""}`;
    process.env.RECORDED = recorded;
    process.env.CODESERIES_LOCAL = join(folder, "local");
  });

  afterAll(() => {
    process.env.PATH = path;
    delete process.env.RECORDED;
    delete process.env.CODESERIES_LOCAL;
    rmSync(folder, { recursive: true });
  });

  const engine = new Docker(name);
  const plain = name === "podman" ? "--tls-verify=false " : "";
  const task = { id: ID, ports: [8080] };
  const calls = () => readFileSync(recorded, "utf8").trim().split("\n");

  test("pulls with the credentials of the registry", async () => {
    const image = await engine.pull("127.0.0.1:5000/web", { user: "AWS", password: "token" });
    expect(image).toMatchObject({ digest: "sha256:3", command: ["serve"], environment: { A: "1" } });
    expect(calls()).toEqual([
      `login ${plain}--username AWS --password-stdin 127.0.0.1:5000`,
      `tokenpull ${plain}--quiet 127.0.0.1:5000/web`,
      "image inspect 127.0.0.1:5000/web",
    ]);
  });

  test("says why an image cannot be pulled", async () => {
    await expect(engine.pull("missing")).rejects.toThrow("manifest unknown");
  });

  test("starts the containers of a task in one network, and knows its port", async () => {
    await engine.open(task);
    await engine.start(task, container);
    await engine.start(task, { ...container, name: "side" });
    const runs = calls().filter((call) => call.startsWith("run"));
    expect(runs[0]).toContain("--publish 127.0.0.1::8080");
    expect(runs[1]).toContain(`--network container:codeseries-${ID}-web`);
    await expect(engine.endpoints(task)).resolves.toEqual({ ports: { "8080": 49153 } });
    await expect(engine.states()).resolves.toEqual([{ task: ID, container: "web", running: true }]);
  });

  test("stops a container with its time, and removes the task", async () => {
    await engine.stop(ID, "web", 12);
    await engine.remove(ID);
    expect(calls().find((call) => call.startsWith("stop"))).toBe(`stop --time 12 codeseries-${ID}-web`);
    expect(calls().at(-1)).toBe("rm --force --volumes 4d5e");
  });
});
