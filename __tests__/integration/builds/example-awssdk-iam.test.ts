import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { BuildMachine } from "../../support/buildspec-runner/build-machine";
import { deliveryMachine, hostOf, variablesOf } from "../../support/buildspec-runner/delivery-machine";
import { identify } from "../../../src/process/process-identity";
import { descendantsOf } from "../../support/buildspec-runner/descendants";
import { textIn } from "../../support/buildspec-runner/file-sets";
import { runBuild, type BuildResult } from "../../support/buildspec-runner/run-build";
import { systemFile } from "../../support/synth-app";

/** A build of the example with the shipped configuration. Its base image is a stand-in: nothing is pulled. */
const [delivery] = systemFile("codeseries.yaml").deliveries;
if (!delivery) throw new Error("the shipped configuration has a delivery");
const repository = join(__dirname, "..", "..", "..", "examples", "awssdk-iam");
const host = hostOf(delivery);
const image = `${host}/${delivery.names.containerRepository}`;
const TAG = "01234567-1";

let machine: BuildMachine;
let result: BuildResult;
const build = (variables: Record<string, string> = {}, buildNumber = 1) =>
  runBuild(machine, {
    repository,
    buildspec: { path: delivery.settings.build.buildspec ?? "" },
    variables: { ...variablesOf(delivery), ...variables },
    buildNumber,
  });

beforeAll(async () => {
  machine = deliveryMachine(delivery);
  machine.provide("java");
  result = await build();
});
afterAll(() => {
  machine.dispose();
});

describe("a build of examples/awssdk-iam", () => {
  it("runs every phase", () => {
    expect({ log: result.log, failures: result.failures }).toEqual({
      log: expect.stringContaining("STAND-IN for Gradle") as string,
      failures: [],
    });
    expect(result.phases.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "install SUCCEEDED",
      "pre_build SUCCEEDED",
      "build SUCCEEDED",
      "post_build SUCCEEDED",
    ]);
  });

  it("pushes the image under a tag of its own and returns its digest", () => {
    const digest = machine.tags(host, delivery.names.containerRepository)[TAG] ?? "";
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(JSON.parse(textIn(result.artifact, "imageDetail.json"))).toEqual({
      ImageURI: `${image}@${digest}`,
    });
    expect(result.exported).toEqual({ IMAGE_TAG: TAG, IMAGE_URI: `${image}@${digest}` });
  });

  it("returns exactly three files, with the values of the environment", () => {
    const { arns, names } = delivery;
    expect([...(result.artifact?.keys() ?? [])]).toEqual(["appspec.yml", "imageDetail.json", "taskdef.json"]);
    expect(JSON.parse(textIn(result.artifact, "taskdef.json"))).toMatchObject({
      family: names.taskFamily,
      executionRoleArn: arns.roles.execution,
      taskRoleArn: arns.roles.task,
      containerDefinitions: [
        { name: "awssdk-iam", image: "<IMAGE1_NAME>", portMappings: [{ containerPort: 10012 }] },
      ],
    });
    expect(parse(textIn(result.artifact, "appspec.yml"))).toMatchObject({
      Resources: [
        {
          TargetService: {
            Properties: {
              TaskDefinition: "<TASK_DEFINITION>",
              LoadBalancerInfo: { ContainerName: "awssdk-iam", ContainerPort: 10012 },
            },
          },
        },
      ],
    });
  });

  it("assumes the push role after the application and the image are built, and for the registry only", () => {
    const names = result.calls.map((call) => call.split(" ").slice(0, 3).join(" "));
    expect(names).toEqual([
      "gradle --no-daemon clean",
      "docker build --tag",
      "aws sts assume-role",
      "aws ecr --region",
      "docker login --username",
      `docker push ${image}:${TAG}`,
      "aws ecr --region",
    ]);
    const asPushRole = result.calls.filter((call) => call.endsWith("as PUSHKEY"));
    expect(asPushRole.map((call) => call.split(" ")[4])).toEqual(["get-login-password", "describe-images"]);
  });

  it("keeps Gradle's cache for the next build", () => {
    expect(result.cached).toEqual([expect.stringMatching(/^home\/\.gradle\/caches\//)]);
  });
});

describe("the image of examples/awssdk-iam", () => {
  let server: ChildProcess;
  const output: string[] = [];
  const says = async (word: string) => {
    for (let left = 100; left > 0 && !output.join("").includes(word); left--) await setTimeout(100);
    expect(output.join("")).toContain(word);
  };
  /** Java is the last of the processes that buildah has started. */
  const end = (signal: "SIGTERM" | "SIGKILL") => {
    const java = descendantsOf(server.pid ?? 0).at(-1);
    // It may have ended meanwhile.
    if (java !== undefined && identify(java)) process.kill(java, signal);
  };
  const get = (path: string) => fetch(`http://127.0.0.1:10012${path}`);
  beforeAll(async () => {
    const [program = "", ...args] = machine.container(`${image}:${TAG}`);
    server = spawn(program, [...args, "sh", "docker-entrypoint.sh"]);
    server.stdout?.on("data", (piece: Buffer) => output.push(String(piece)));
    await says("answers on port 10012 under /iam");
  });
  afterAll(() => {
    end("SIGKILL");
  });

  it("answers on its port under its path, with its version", async () => {
    const response = await get("/iam");
    expect([response.status, await response.json()]).toEqual([
      200,
      { service: "awssdk-iam", version: "0.0.1" },
    ]);
  });

  it("is healthy on the path of the health check", async () => {
    const response = await get(delivery.settings.healthCheckPath);
    expect([response.status, await response.json()]).toEqual([200, { status: "UP" }]);
  });

  it("stops on SIGTERM", async () => {
    end("SIGTERM");
    await says("stopped");
    await expect(get("/iam")).rejects.toThrow();
  });
});

describe("a further build of examples/awssdk-iam", () => {
  it("builds the same commit again, under another tag", async () => {
    expect((await build({}, 2)).exported.IMAGE_TAG).toBe("01234567-2");
  });

  it("fails if a file of the environment is missing", async () => {
    // The environment test has no files in env/ and src/main/resources.
    expect((await build({ ENVIRONMENT: "test" })).log).toContain(
      "The repository has no file src/main/resources/application-test.yaml.",
    );
  });
});
