import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { scaffoldRepository } from "../../../src/repository/scaffold/scaffold";
import { appSpec } from "../../../src/delivery/app-spec";
import { taskDefinition } from "../../../src/delivery/task-definition";
import { appSpecOf, taskDefinitionOf } from "../../../src/stacks/delivered";
import type { Delivery } from "../../../src/system/system";
import type { BuildMachine } from "../../support/buildspec-runner/build-machine";
import { deliveryMachine, hostOf, variablesOf } from "../../support/buildspec-runner/delivery-machine";
import { textIn } from "../../support/buildspec-runner/file-sets";
import { runBuild } from "../../support/buildspec-runner/run-build";
import { ordered } from "../../support/ordered";
import { systemFile } from "../../support/synth-app";
import { temporaryFolder } from "../../support/temporary-folder";

/** Scaffolded files in real builds, with a docker that builds nothing: what differs between environments. */
const CONFIG = "__tests__/fixtures/three-environments.yaml";
const { deliveries } = systemFile(CONFIG);
const folder = temporaryFolder();
const machines: BuildMachine[] = [];
afterEach(() => {
  for (const machine of machines.splice(0)) machine.dispose();
});

const DIGEST = `sha256:${"f".repeat(64)}`;

function write(file: string, text: string): void {
  mkdirSync(join(folder.path, file, ".."), { recursive: true });
  writeFileSync(join(folder.path, file), text);
}

/** Scaffolds a repository of a Dockerfile, and more files, and builds it. */
async function build(
  delivery: Delivery,
  variables: Record<string, string> = {},
  change: () => void = () => undefined,
) {
  write("Dockerfile", "FROM scratch\n");
  const { files } = scaffoldRepository(CONFIG, delivery.service.name, folder.path, false);
  change();
  const machine = deliveryMachine(delivery);
  machines.push(machine);
  const tags = machine.path("registry", hostOf(delivery), delivery.names.containerRepository, "tags");
  machine.program(
    "docker",
    `echo "docker $* as $AWS_ACCESS_KEY_ID" >> "$BUILD_MACHINE/calls"
[[ "$*" != *--output* ]] || echo "<testsuite/>" > "$5/a.xml"
[[ "$1" != build || ! -d .codeseries-reports ]] || echo "reports are in the context" >> "$BUILD_MACHINE/calls"
[ ! -f no-image ] || [[ "$*" != "build --tag"* ]] || exit 1
case "$1" in push) mkdir -p ${tags} && printf %s ${DIGEST} > "${tags}/\${2##*:}" ;; login) cat > /dev/null ;; esac`,
  );
  return runBuild(machine, {
    repository: folder.path,
    buildspec: { path: files[0]?.file.slice(folder.path.length + 1) ?? "" },
    variables: { ...variablesOf(delivery), ...variables },
    secrets: {},
  });
}

const [first] = deliveries;
if (!first) throw new Error("the fixture has deliveries");

describe.each(
  deliveries.map(
    (delivery) => [`${delivery.service.name} in ${delivery.environment.name}`, delivery] as const,
  ),
)("the scaffolded files of %s", (_, delivery) => {
  it("deliver what the generated ones deliver", async () => {
    const { artifact, failures } = await build(delivery);
    expect([failures, ...(artifact?.keys() ?? [])]).toEqual([
      [],
      "appspec.yml",
      "imageDetail.json",
      "taskdef.json",
    ]);
    const { version, ...content } = parse(textIn(artifact, "appspec.yml")) as Record<string, unknown>;
    expect([version, content]).toEqual([0, appSpec(appSpecOf(delivery))]);
    const generated: unknown = JSON.parse(JSON.stringify(taskDefinition(taskDefinitionOf(delivery))));
    expect(ordered(JSON.parse(textIn(artifact, "taskdef.json")))).toEqual(ordered(generated));
  });
});

it.each([...new Set(deliveries.map(({ service }) => service.name))])(
  "the scaffolded files of %s have nothing of the seed's that does not work",
  (service) => {
    write("build.gradle", "plugins { id 'java' }\n");
    const { files } = scaffoldRepository(CONFIG, service, folder.path, false);
    expect(files).toHaveLength(3);
    for (const { file } of files)
      expect(readFileSync(file, "utf8")).not.toMatch(
        /get-login |:latest|:backup|TD_REVISION|cahce|111122222-/,
      );
  },
);

describe("a scaffolded build", () => {
  it("deploys the image of this commit and this build by its digest", async () => {
    const { artifact, calls } = await build(first);
    const image = `${hostOf(first)}/${first.names.containerRepository}`;
    expect(JSON.parse(textIn(artifact, "imageDetail.json"))).toEqual({ ImageURI: `${image}@${DIGEST}` });
    expect(calls).toContain(`docker push ${image}:01234567-1 as BUILDKEY`);
  });

  it("leaves one placeholder in each file, and three files of less than 3 MB", async () => {
    const { artifact = new Map<string, Buffer>() } = await build(first);
    const placeholders = [...artifact].map(([name, text]) => [name, text.toString().match(/<[A-Z0-9_]+>/g)]);
    expect(Object.fromEntries(placeholders)).toEqual({
      "appspec.yml": ["<TASK_DEFINITION>"],
      "imageDetail.json": null,
      "taskdef.json": ["<IMAGE1_NAME>"],
    });
    expect([...artifact.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(3_000_000);
  });

  it("takes the results of tests, which are not in the context, also if the image cannot be built", async () => {
    const orders = deliveries.find(({ service }) => service.name === "orders") ?? first;
    const { calls, reports, succeeded } = await build(orders);
    expect([succeeded, [...(reports.tests?.keys() ?? [])]]).toEqual([true, ["a.xml"]]);
    expect(calls).not.toContain("reports are in the context");
    const failed = await build(orders, {}, () => {
      write("no-image", "");
    });
    expect([failed.succeeded, [...(failed.reports.tests?.keys() ?? [])]]).toEqual([false, ["a.xml"]]);
    expect(failed.phases.at(-1)).toMatchObject({ name: "build", status: "FAILED" });
  });

  it.each(Object.keys(variablesOf(first)).filter((name) => name !== "DELIVERY_FILES"))(
    "fails without %s",
    async (name) => {
      const { log, phases } = await build(first, { [name]: "" });
      expect(log).toContain(`${name} is missing`);
      expect(phases.at(-1)).toMatchObject({ name: "pre_build", status: "FAILED" });
    },
  );

  it.each([
    [
      "another branch",
      { BRANCH_NAME: "master" },
      "Branch master is not delivered to dev; branch develop is.",
    ],
    ["another account", { ACCOUNT_NO: "999999999999" }, "are not both of account 999999999999"],
  ])("fails for %s", async (_, variables, sentence) => {
    expect(await build(first, variables)).toMatchObject({
      succeeded: false,
      log: expect.stringContaining(sentence) as string,
    });
  });

  it("fails for an environment whose values the files do not have", async () => {
    const orders = deliveries.find(({ service }) => service.name === "orders") ?? first;
    expect((await build(orders, { ENVIRONMENT: "test" })).log).toContain(
      "The delivery files have no values for environment test.",
    );
  });

  it.each([
    [
      "a placeholder without a value",
      "taskdef.json",
      '{"image":"<IMAGE1_NAME>","cpu":"<CPU>","memory":"<CPU>"}',
      "no value: <CPU>.",
    ],
    [
      "no placeholder for the image",
      "taskdef.json",
      '{"image":"nginx"}',
      "must have <IMAGE1_NAME> as the image",
    ],
    ["no JSON", "taskdef.json", '{"image":"<IMAGE1_NAME>",}', "taskdef.json is not valid JSON."],
    [
      "an ARN of a task definition",
      "appspec.yml",
      "TaskDefinition: arn:aws:ecs:1",
      "must have <TASK_DEFINITION>",
    ],
    [
      "3 MB",
      "appspec.yml",
      `# ${"x".repeat(3_000_000)} <TASK_DEFINITION>`,
      "the deploy action reads less than 3000000.",
    ],
  ])("fails for files with %s", async (_, file, text, sentence) => {
    const { log, succeeded } = await build(first, {}, () => {
      write(`codeseries/codedeploy/${file}`, text);
    });
    expect([log, succeeded]).toEqual([expect.stringContaining(sentence), false]);
  });
});
