import { faultsAfter } from "../support/faults";

const task = (text: string) => ["port: 10012", `port: 10012\n    task: { ${text} }`] as const;
const AT = "services.awssdk-iam.task";

describe("a task", () => {
  it.each([
    ["ephemeralStorageGiB: 21, stopTimeoutSeconds: 1, nofile: 1"],
    ["ephemeralStorageGiB: 200, stopTimeoutSeconds: 120, nofile: 1048576"],
    ["readonlyRootFilesystem: true, user: app"],
    ['exec: true, user: "1000:1000"'],
    ['user: "0"'],
    ["user: app:www-data"],
  ])("is accepted with %s", (text) => {
    expect(faultsAfter(task(text))).toEqual([]);
  });

  it.each([
    ["ephemeralStorageGiB: 20", "ephemeralStorageGiB", /a whole number of GiB from 21 to 200, got 20/],
    ["ephemeralStorageGiB: 201", "ephemeralStorageGiB", /from 21 to 200, got 201/],
    ["stopTimeoutSeconds: 0", "stopTimeoutSeconds", /seconds from 1 to 120, got 0/],
    ["stopTimeoutSeconds: 121", "stopTimeoutSeconds", /seconds from 1 to 120, got 121/],
    ["nofile: 1048577", "nofile", /open files from 1 to 1048576/],
    ["user: 1000", "user", /a user or user:group, by name or by number in quotes/],
    ['user: "a b"', "user", /a user or user:group/],
    ['user: "a:b:c"', "user", /a user or user:group/],
    [
      "exec: true, readonlyRootFilesystem: true",
      "readonlyRootFilesystem",
      /false, or exec: false: the agent of ECS Exec writes to the container's files, got true/,
    ],
  ])("is refused with %s", (text, path, message) => {
    const [fault, ...others] = faultsAfter(task(text));
    expect(others).toEqual([]);
    expect(fault).toContain(` ${AT}.${path}: expected `);
    expect(fault).toMatch(message);
  });

  it("is refused where an environment turns on the shell of a container without writable files", () => {
    const change = ["      dev:\n", "      dev:\n        task: { exec: true }\n"] as const;
    expect(faultsAfter(task("readonlyRootFilesystem: true"), change)).toEqual([
      expect.stringContaining(
        "services.awssdk-iam.environments.dev.task.readonlyRootFilesystem: expected false",
      ),
    ]);
  });
});

describe("keys of the generated buildspec", () => {
  it.each([
    ["dockerfile", "docker/Dockerfile"],
    ["context", "app"],
  ])("are refused next to an own one: %s", (key, value) => {
    expect(faultsAfter(["build: {", `build: { ${key}: ${value},`])).toEqual([
      expect.stringContaining(
        `services.awssdk-iam.build.${key}: expected no ${key}: it is for the generated buildspec only, and build.buildspec is codeseries/codebuild/buildspec.yml, got "${value}"`,
      ),
    ]);
  });

  it("are refused in an environment next to the service's own", () => {
    expect(faultsAfter(["      dev:\n", "      dev:\n        build: { context: app }\n"])).toEqual([
      expect.stringContaining("services.awssdk-iam.environments.dev.build.context: expected no context"),
    ]);
  });

  it("are accepted with the generated one", () => {
    expect(
      faultsAfter([
        "build: { buildspec: codeseries/codebuild/buildspec.yml }",
        "build: { dockerfile: a/b, context: a }",
      ]),
    ).toEqual([]);
  });
});
