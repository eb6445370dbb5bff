import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { runCli } from "../support/run-cli";
import { temporaryFolder } from "../support/temporary-folder";

const root = join(__dirname, "..", "..");
const folder = temporaryFolder();

interface Content {
  services: Record<string, { build?: { buildspec?: string; dockerfile?: string; context?: string } }>;
}
const threeEnvironments = parse(
  readFileSync(join(root, "__tests__", "fixtures", "three-environments.yaml"), "utf8"),
) as Content;

/** Runs a command with the services of the three environments and those of the examples, of the organization bys. */
function run(...args: string[]) {
  const services = {
    ...threeEnvironments.services,
    "awssdk-iam": {
      port: 10012,
      path: "/iam",
      healthCheckPath: "/iam/actuator/health",
      build: { buildspec: "codeseries/codebuild/buildspec.yml" },
    },
    simple: { port: 8090, path: "/only", healthCheckPath: "/only/health" },
  };
  const CODESERIES_CONFIG = join(folder.path, "codeseries.yaml");
  writeFileSync(CODESERIES_CONFIG, stringify({ ...threeEnvironments, organization: "bys", services }));
  return runCli(args, { CODESERIES_CONFIG });
}

it.each([
  ["awssdk-iam", "awssdk-iam"],
  ["dockerfile-only", "simple"],
])("examples/%s fits three environments", async (example, name) => {
  const { code, err, out } = await run("check-repository", name, join(root, "examples", example));
  expect(out.trim()).toBe("");
  expect(err).toMatch(new RegExp(`fits the delivery of ${name} to dev, stg, prd\\.`));
  expect(code).toBe(0);
});

const services = Object.entries(threeEnvironments.services).map(([name, { build = {} }]) => ({
  name,
  build,
}));

it.each(services)("what scaffold writes for $name fits every environment", async ({ build, name }) => {
  const repository = join(folder.path, "repository");
  const dockerfile = join(repository, build.dockerfile ?? "Dockerfile");
  for (const path of [dirname(dockerfile), join(repository, build.context ?? ".")])
    mkdirSync(path, { recursive: true });
  writeFileSync(dockerfile, "FROM scratch\n");
  expect((await run("scaffold", name, repository)).code).toBe(0);

  const { code, out } = await run("check-repository", name, repository);
  expect([code, out.trim()]).toEqual([0, ""]);
});

it("a value of one environment that does not fit is found there", async () => {
  const repository = join(folder.path, "repository");
  cpSync(join(root, "examples", "awssdk-iam"), repository, { recursive: true });
  const file = join(repository, "codeseries", "codedeploy", "taskdef.json");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("<ENVIRONMENT>", "dev"));

  const { code, out } = await run("check-repository", "awssdk-iam", repository, "--json");
  expect(code).toBe(1);
  const { findings } = JSON.parse(out) as { findings: { environments: string[]; file: string }[] };
  expect(findings.map(({ environments }) => environments)).toEqual([["stg"], ["prd"]]);
  expect(new Set(findings.map(({ file: found }) => found))).toEqual(
    new Set(["codeseries/codedeploy/taskdef.json"]),
  );
});

describe("a command that cannot be carried out", () => {
  it.each([
    [["awsdk-iam", "."], /expected a service of web, .*, got "awsdk-iam"\n.*awssdk-iam/],
    [["awssdk-iam", "nowhere"], /the folder nowhere does not exist\n/],
    [["awssdk-iam", "package.json"], /package\.json is a file\n/],
  ])("%j", async (args, message) => {
    const { code, err, out } = await run("check-repository", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });
});
