import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCli } from "../support/run-cli";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const root = join(__dirname, "..", "..");
const example = join(root, "examples", "awssdk-iam");
const FILES = ["codebuild/buildspec.yml", "codedeploy/appspec.yml", "codedeploy/taskdef.json"].map(
  (name) => `codeseries/${name}`,
);

const env = { CODESERIES_CONFIG: join(root, "codeseries.yaml") };
const scaffold = (...args: string[]) => runCli(["scaffold", "awssdk-iam", folder.path, ...args], env);
const read = (name: string) => readFileSync(join(folder.path, name), "utf8");
function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder.path, name)), { recursive: true });
  writeFileSync(join(folder.path, name), text);
}
/** The example as it was before it had the files. */
const application = () => {
  cpSync(example, folder.path, { recursive: true });
  rmSync(join(folder.path, "codeseries"), { recursive: true });
};

describe("codeseries scaffold", () => {
  it("writes what examples/awssdk-iam holds, byte for byte, and nothing else", async () => {
    application();
    const { code, err, out } = await scaffold();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n").map((line) => line.split(" ")[0])).toEqual(["written", "written", "written"]);
    const all = (path: string) => readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
    expect(all(folder.path)).toEqual(all(example));
    for (const file of FILES) expect(read(file)).toBe(readFileSync(join(example, file), "utf8"));
  });

  it("has none of the seed's faults", async () => {
    application();
    await scaffold();
    for (const file of FILES) expect(read(file)).not.toMatch(/get-login |:latest|:backup|TD_REVISION|cahce/);
  });

  it("writes a buildspec without Gradle for a repository without it, and says what is missing", async () => {
    const { code, err } = await scaffold();
    expect(code).toBe(0);
    expect(err).toBe("warning: Dockerfile does not exist, and the buildspec uses it");
    expect(read(FILES[0] ?? "")).not.toMatch(/gradle|cache|java/i);
  });

  it("uses the wrapper, the Java version and the task of the repository's Gradle", async () => {
    write("Dockerfile", "FROM scratch\n");
    write("gradlew", "");
    write("build.gradle.kts", "java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }");
    await scaffold();
    expect(read(FILES[0] ?? "")).toMatch(/java: corretto21.*- sh \.\/gradlew --no-daemon clean assemble\n/s);
  });

  it.each([
    ["sourceCompatibility = '1.8'", "8"],
    ["sourceCompatibility = JavaVersion.VERSION_1_7", "8"],
    ["JavaLanguageVersion.of(16)", "17"],
    ["JavaLanguageVersion.of(22)", "25"],
    ["JavaLanguageVersion.of(26)", "25"],
  ])("uses a Java of CodeBuild for %s", async (script, java) => {
    write("Dockerfile", "FROM scratch\n");
    write("build.gradle", script);
    await scaffold();
    expect(read(FILES[0] ?? "")).toContain(`java: corretto${java}\n`);
  });

  it.each([
    [
      "Gradle's",
      { Dockerfile: "FROM scratch\n", "build.gradle": "bootJar" },
      /clean test bootJar\n.*base-directory: build\/test-results\/test\n/s,
    ],
    [
      "a stage's of the Dockerfile",
      { Dockerfile: "FROM scratch AS reports\n" },
      /docker build --target reports --output "\$\{cs_reports\}" .*mv "\$\{cs_reports\}" (\S+) .*base-directory: \1\n/s,
    ],
  ])("takes the results of tests if the configuration says so: %s", async (_, files, expected) => {
    for (const [name, text] of Object.entries(files)) write(name, text);
    const config = join(folder.path, "codeseries.yaml");
    const text = readFileSync(join(root, "codeseries.yaml"), "utf8");
    writeFileSync(config, text.replace(/(buildspec: [\w./-]+)/, "$1, reports: true"));
    await runCli(["scaffold", "awssdk-iam", folder.path], { CODESERIES_CONFIG: config });
    expect(read(FILES[0] ?? "")).toMatch(expected);
  });

  it("says which environment lacks a file that others have", async () => {
    write("env/dev/Dockerfile", "FROM scratch\n");
    write("env/dev/docker-entrypoint.sh", "");
    const config = join(root, "__tests__", "fixtures", "three-environments.yaml");
    const { err } = await runCli(["scaffold", "web", folder.path], { CODESERIES_CONFIG: config });
    const missing = [
      "env/stg/docker-entrypoint.sh",
      "env/prd/docker-entrypoint.sh",
      "env/stg/Dockerfile",
      "env/prd/Dockerfile",
    ];
    for (const file of missing) expect(err).toContain(`warning: ${file} does not exist`);
  });

  it("has the environment's name as a variable wherever it is in the path of a file, and nowhere else", async () => {
    const config = join(folder.path, "codeseries.yaml");
    const text = readFileSync(join(root, "codeseries.yaml"), "utf8");
    writeFileSync(config, text.replace(/\bdev:/g, "main:").replace("account: dev", "account: main"));
    write("env/main/Dockerfile", "FROM scratch\n");
    write("src/main/resources/main/application-main.yaml", "port: <APPLICATION_PORT>\n");
    const { code, err } = await runCli(["scaffold", "awssdk-iam", folder.path], {
      CODESERIES_CONFIG: config,
    });
    expect([code, err]).toEqual([0, ""]);
    const variable = "${ENVIRONMENT}";
    expect(read(FILES[0] ?? "")).toContain(`"src/main/resources/${variable}/application-${variable}.yaml"`);
  });

  it("fills a file whose name only looks like an environment's, and no file of another environment", async () => {
    write("env/dev/Dockerfile", "FROM scratch\n");
    write("env/prd/Dockerfile", "FROM scratch\n");
    for (const name of ["dev", "prd", "logging"])
      write(`src/main/resources/application-${name}.yaml`, "port: <APPLICATION_PORT>\n");
    await scaffold();
    const filled = read(FILES[0] ?? "").match(/(?<=application-)\S+(?=\.yaml")/g);
    expect(filled).toEqual(["${ENVIRONMENT}", "logging"]);
  });

  it("takes no folder for a file", async () => {
    write("Dockerfile/file", "");
    write("build.gradle/file", "");
    write("env", "");
    write("src/main/resources/templates.json/file", "");
    expect(await scaffold()).toMatchObject({
      code: 0,
      err: "warning: Dockerfile does not exist, and the buildspec uses it",
    });
    expect(read(FILES[0] ?? "")).not.toContain("gradle");
  });

  it("does not look for placeholders in files of more than 1 MB", async () => {
    write("src/main/resources/small.json", '"<ENVIRONMENT>"');
    write("src/main/resources/large.json", `"<ENVIRONMENT>${"x".repeat(1_000_000)}"`);
    await scaffold();
    const text = read(FILES[0] ?? "");
    expect([text.includes("small.json"), text.includes("large.json")]).toEqual([true, false]);
  });

  it("writes appspec.yaml if the repository has it", async () => {
    write("codeseries/codedeploy/appspec.yaml", "");
    await scaffold("--force");
    expect(read("codeseries/codedeploy/appspec.yaml")).toContain("<TASK_DEFINITION>");
    expect(read(FILES[0] ?? "")).toContain("fill codeseries/codedeploy/appspec.yaml .codeseries/appspec.yml");
  });
});

describe("a file that exists", () => {
  beforeEach(async () => {
    application();
    await scaffold();
  });

  it("is unchanged if it is the same", async () => {
    const { code, out } = await scaffold();
    expect([code, out.match(/^unchanged/gm)?.length]).toEqual([0, 3]);
  });

  it("is kept if it differs, with the difference, and the exit code is 1", async () => {
    write(
      "codeseries/codedeploy/taskdef.json",
      read("codeseries/codedeploy/taskdef.json").replace("1024", "2048"),
    );
    rmSync(join(folder.path, "codeseries/codedeploy/appspec.yml"));
    const { code, err, out } = await scaffold();
    expect(code).toBe(1);
    expect(out.match(/^(written|kept|unchanged)/gm)).toEqual(["unchanged", "kept", "written"]);
    expect(out).toContain('-  "memory": "2048",\n+  "memory": "1024",');
    expect(read("codeseries/codedeploy/taskdef.json")).toContain("2048");
    expect(err).toContain("compare the files that were kept, or use --force");
  });

  it("is overwritten with --force, with the difference", async () => {
    const before = read("codeseries/codedeploy/taskdef.json");
    write("codeseries/codedeploy/taskdef.json", before.replace("1024", "2048"));
    const { code, out } = await scaffold("--force");
    expect([code, out]).toEqual([0, expect.stringMatching(/^overwritten .*taskdef\.json$/m)]);
    expect(out).toContain('+  "memory": "1024",');
    expect(read("codeseries/codedeploy/taskdef.json")).toBe(before);
  });

  it("has its result and its difference with --json", async () => {
    write("codeseries/codedeploy/appspec.yml", "version: 0.0\n");
    const { out } = await scaffold("--json", "--quiet");
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { result: "unchanged" },
        { result: "unchanged" },
        {
          file: join(folder.path, "codeseries/codedeploy/appspec.yml"),
          result: "kept",
          diff: expect.stringContaining("+Resources:") as string,
        },
      ],
      next: ["compare the files that were kept, or use --force"],
    });
  });
});

describe("what codeseries scaffold refuses", () => {
  it("a service that does not exist, with the one that was meant", async () => {
    expect(await runCli(["scaffold", "awsdk-iam", folder.path], env)).toEqual({
      code: 2,
      out: "",
      err: 'expected a service of awssdk-iam, got "awsdk-iam"\ndid you mean awssdk-iam?',
    });
  });

  it("a folder that does not exist", async () => {
    const { code, err } = await runCli(["scaffold", "awssdk-iam", join(folder.path, "none")], env);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^the folder .*none does not exist\nname the folder/),
    ]);
  });

  it("a file in place of the folder", async () => {
    write("file", "");
    const { code, err } = await runCli(["scaffold", "awssdk-iam", join(folder.path, "file")], env);
    expect([code, err]).toEqual([2, expect.stringMatching(/file is a file\nname the folder .*, such as /)]);
  });

  it("a folder in the place of a file, before it writes any", async () => {
    write("Dockerfile", "FROM scratch\n");
    write("codeseries/codedeploy/taskdef.json/file", "");
    expect(await scaffold("--force")).toEqual({
      code: 2,
      out: "",
      err: `${join(folder.path, "codeseries/codedeploy/taskdef.json")} is a folder, and scaffold writes a file there
move or remove the folder, then run scaffold again`,
    });
    expect(readdirSync(join(folder.path, "codeseries"))).toEqual(["codedeploy"]);
  });

  const different = (key: string, value: string) => {
    const config = join(folder.path, "codeseries.yaml");
    const text = readFileSync(join(root, "__tests__", "fixtures", "three-environments.yaml"), "utf8");
    const prd = `    environments: { prd: { build: { ${key}: ${value} } } }\n`;
    writeFileSync(config, text.replace("  # From GitHub", `${prd}$&`));
    return runCli(["scaffold", "web", folder.path], { CODESERIES_CONFIG: config });
  };

  it("environments with different Dockerfiles, unless each has its own in env", async () => {
    expect(await different("dockerfile", "docker/prd.Dockerfile")).toEqual({
      code: 2,
      out: "",
      err: `services.web.build.dockerfile is docker/web.Dockerfile in dev and docker/prd.Dockerfile in prd, but the buildspec serves every environment
put the Dockerfiles at env/<environment>/Dockerfile, or set one value of services.web.build.dockerfile for every environment`,
    });
    for (const environment of ["dev", "stg", "prd"]) write(`env/${environment}/Dockerfile`, "FROM scratch\n");
    const { code, err } = await different("dockerfile", "docker/prd.Dockerfile");
    expect([code, err]).toEqual([0, expect.not.stringContaining("Dockerfile")]);
  });

  it("environments with different contexts", async () => {
    expect(await different("context", "prd")).toEqual({
      code: 2,
      out: "",
      err: `services.web.build.context is app in dev and prd in prd, but the buildspec serves every environment
set one value of services.web.build.context for every environment`,
    });
  });

  it("a missing argument", async () => {
    expect((await runCli(["scaffold", "awssdk-iam"], env)).code).toBe(2);
  });
});

it("codeseries.yaml must name the buildspec: the next step says so", async () => {
  const config = join(folder.path, "codeseries.yaml");
  const text = readFileSync(join(root, "codeseries.yaml"), "utf8");
  writeFileSync(config, text.replace(/buildspec: [\w./-]+/, "timeoutMinutes: 30"));
  const { err } = await runCli(["scaffold", "awssdk-iam", folder.path], { CODESERIES_CONFIG: config });
  expect(err).toContain(
    `set services.awssdk-iam.build.buildspec to codeseries/codebuild/buildspec.yml in ${config}`,
  );
});
