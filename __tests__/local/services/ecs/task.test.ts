import { sourceOf } from "../../../../src/local/services/ecs/secrets/value-from";
import { argumentsOf, environmentOf } from "../../../../src/local/services/ecs/task/environment";
import { commandOf } from "../../../../src/local/services/ecs/task/health";
import { credentialsOf } from "../../../../src/local/services/ecs/task/image";
import { linesOf, streamOf } from "../../../../src/local/services/ecs/task/logs";
import {
  dependency,
  endsByItself,
  nextContainers,
  type Progress,
} from "../../../../src/local/services/ecs/task/order";
import { cannotPull } from "../../../../src/local/services/ecs/task/reasons";

const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-AbCdEf";

test.each([
  [SECRET, { secret: SECRET }],
  [`${SECRET}:password::`, { secret: SECRET, key: "password" }],
  [`${SECRET}::AWSPREVIOUS:`, { secret: SECRET, stage: "AWSPREVIOUS" }],
  [`${SECRET}:password::v1`, { secret: SECRET, key: "password", version: "v1" }],
  ["arn:aws:ssm:eu-central-1:111122223333:parameter/app/db", { parameter: "/app/db" }],
  ["arn:aws:ssm:eu-central-1:111122223333:parameter/db", { parameter: "db" }],
  ["/app/db", { parameter: "/app/db" }],
  ["db", { parameter: "db" }],
])("valueFrom %s", (valueFrom, source) => {
  expect(sourceOf(valueFrom)).toEqual(source);
});

describe("the environment of a container", () => {
  const parts = { image: {}, variables: [], secrets: {}, region: "eu-central-1", endpoint: "http://aws" };

  test("leads to the embedded AWS, as the task role", () => {
    const credentials = { accessKeyId: "A", secretAccessKey: "B", sessionToken: "C" };
    expect(environmentOf({ ...parts, credentials })).toMatchObject({
      AWS_ENDPOINT_URL: "http://aws",
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "A",
      AWS_SESSION_TOKEN: "C",
    });
    expect(environmentOf(parts)).not.toHaveProperty("AWS_ACCESS_KEY_ID");
  });

  test("has secrets over variables over the image's", () => {
    const image = { A: "image", B: "image", C: "image", PATH: "/image" };
    const variables = [
      { name: "B", value: "variable" },
      { name: "C", value: "variable" },
    ];
    expect(environmentOf({ ...parts, image, variables, secrets: { C: "secret" } })).toMatchObject({
      A: "image",
      B: "variable",
      C: "secret",
      PATH: "/image",
    });
  });
});

test.each([
  [{}, ["entry", "cmd"]],
  [{ command: ["other"] }, ["entry", "other"]],
  [{ entryPoint: ["sh"] }, ["sh"]],
  [{ entryPoint: ["sh"], command: ["-c"] }, ["sh", "-c"]],
  [{ entryPoint: [], command: [] }, ["entry", "cmd"]],
])("entry point and command %o", (definition, expected) => {
  expect(argumentsOf({ entrypoint: ["entry"], command: ["cmd"] }, definition)).toEqual(expected);
});

const progress = (changes: Partial<Progress> = {}): Progress => ({
  running: true,
  health: "UNKNOWN",
  ...changes,
});

describe("the order of containers", () => {
  test.each([
    ["START", undefined, "open"],
    ["START", progress(), "met"],
    ["COMPLETE", progress(), "open"],
    ["COMPLETE", progress({ running: false, exitCode: 1 }), "met"],
    ["SUCCESS", progress({ running: false, exitCode: 0 }), "met"],
    ["SUCCESS", progress({ running: false, exitCode: 1 }), "failed"],
    ["SUCCESS", progress({ running: false }), "failed"],
    ["HEALTHY", progress(), "open"],
    ["HEALTHY", progress({ health: "HEALTHY" }), "met"],
    ["HEALTHY", progress({ health: "UNHEALTHY" }), "failed"],
    ["HEALTHY", progress({ running: false }), "failed"],
  ])("%s of %o is %s", (condition, of, verdict) => {
    expect(dependency(condition, of)).toBe(verdict);
  });

  const definitions = [
    { name: "web", dependsOn: [{ containerName: "init", condition: "SUCCESS" as const }] },
    { name: "init" },
  ];

  test("starts what depends on nothing first", () => {
    expect(nextContainers(definitions, new Map())).toEqual({ start: ["init"] });
    expect(nextContainers(definitions, new Map([["init", progress()]]))).toEqual({ start: [] });
    const done = new Map([["init", progress({ running: false, exitCode: 0 })]]);
    expect(nextContainers(definitions, done)).toEqual({ start: ["web"] });
  });

  test("says which dependency cannot be met", () => {
    const failed = new Map([["init", progress({ running: false, exitCode: 1 })]]);
    expect(nextContainers(definitions, failed)).toEqual({
      start: [],
      failed: { container: "web", on: "init" },
    });
  });

  test("knows which container must end", () => {
    expect(["web", "init"].map((name) => endsByItself(definitions, name))).toEqual([false, true]);
  });
});

describe("why an image cannot be pulled", () => {
  const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1.2";
  const start = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: `;

  test.each([
    ["reading manifest 1.2: manifest unknown", `${image}: not found`],
    [
      "authentication required",
      "pulling from host 111122223333.dkr.ecr.us-east-1.amazonaws.com failed with status code [manifests 1.2]: 403 Forbidden",
    ],
    ["dial tcp 1.2.3.4:443: i/o timeout", "dial tcp 1.2.3.4:443: i/o timeout"],
  ])("%s", (said, reason) => {
    expect(cannotPull(image, said)).toBe(start + reason);
  });
});

test("a token of ECR is a user and a password, which may have colons", () => {
  expect(credentialsOf(Buffer.from("AWS:a:b").toString("base64"))).toEqual({ user: "AWS", password: "a:b" });
});

test.each([
  [
    ["CMD", "curl", "-f"],
    ["curl", "-f"],
  ],
  [
    ["CMD-SHELL", "curl -f x || exit 1"],
    ["/bin/sh", "-c", "curl -f x || exit 1"],
  ],
  [["NONE"], undefined],
  [[], undefined],
])("the health check %o", (command, expected) => {
  expect(commandOf({ command })).toEqual(expected);
});

describe("output", () => {
  test.each([
    { output: "a\nb\n", last: false, lines: ["a", "b"], bytes: 4 },
    { output: "a\nb", last: false, lines: ["a"], bytes: 2 },
    { output: "a\nb", last: true, lines: ["a", "b"], bytes: 3 },
    { output: "a", last: false, lines: [], bytes: 0 },
    { output: "\n \n", last: false, lines: [], bytes: 3 },
  ])("$output", ({ output, last, lines, bytes }) => {
    expect(linesOf(Buffer.from(output), last)).toEqual({ lines, bytes });
  });

  test("goes to prefix, container and task, or nowhere", () => {
    const options = { "awslogs-group": "/ecs/web", "awslogs-stream-prefix": "ecs" };
    const logConfiguration = { logDriver: "awslogs" as const, options };
    expect(streamOf({ name: "web", logConfiguration }, "1")).toEqual({
      logGroupName: "/ecs/web",
      logStreamName: "ecs/web/1",
    });
    expect(streamOf({ name: "web" }, "1")).toBeUndefined();
  });
});
