import { join } from "node:path";
import { configurationFile } from "../../../src/cli/init/configuration-file";
import { initValues } from "../../../src/cli/init/options";
import { buildSpec } from "../../../src/delivery/build-spec";
import { deliveryFiles } from "../../../src/delivery/files";
import { appSpecOf, imageSourceOf, taskDefinitionOf } from "../../../src/stacks/delivered";
import { systemOf } from "../../../src/system/system";
import type { BuildMachine } from "../../support/buildspec-runner/build-machine";
import { deliveryMachine, hostOf, variablesOf } from "../../support/buildspec-runner/delivery-machine";
import { textIn } from "../../support/buildspec-runner/file-sets";
import { runBuild, type BuildResult } from "../../support/buildspec-runner/run-build";
import { configOf } from "../../support/synth-app";

/** A build of the example with the generated buildspec, for the configuration that init writes. */
const [delivery] = systemOf(configOf(configurationFile(initValues({})))).deliveries;
if (!delivery) throw new Error("the configuration has a delivery");
const image = `${hostOf(delivery)}/${delivery.names.containerRepository}`;

const files = deliveryFiles(taskDefinitionOf(delivery), appSpecOf(delivery));

let machine: BuildMachine;
let result: BuildResult;
const run = (buildNumber: number) =>
  runBuild(machine, {
    repository: join(__dirname, "..", "..", "..", "examples", "dockerfile-only"),
    buildspec: { text: buildSpec(imageSourceOf(delivery)) },
    variables: variablesOf(delivery),
    buildNumber,
  });

beforeAll(async () => {
  machine = deliveryMachine(delivery);
  machine.provide("node");
  result = await run(1);
});
afterAll(() => {
  machine.dispose();
});

describe("a build of examples/dockerfile-only", () => {
  it("runs every phase", () => {
    expect({ failures: result.failures, log: result.log }).toEqual({
      failures: [],
      log: expect.stringContaining("STEP 1") as string,
    });
    expect(result.phases.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "install SUCCEEDED",
      "pre_build SUCCEEDED",
      "build SUCCEEDED",
      "post_build SUCCEEDED",
    ]);
  });

  it("returns exactly three files: the image's digest, and the configuration's", () => {
    const digest = machine.tags(hostOf(delivery), delivery.names.containerRepository)["01234567-1"] ?? "";
    expect([...(result.artifact?.keys() ?? [])]).toEqual(["appspec.yml", "imageDetail.json", "taskdef.json"]);
    expect(JSON.parse(textIn(result.artifact, "imageDetail.json"))).toEqual({
      ImageURI: `${image}@${digest}`,
    });
    for (const name of ["appspec.yml", "taskdef.json"])
      expect(textIn(result.artifact, name)).toBe(files.find((file) => file.name === name)?.content);
  });

  it("uses the credentials of the push role for the registry only", () => {
    const own = result.calls.filter((call) => call.endsWith("as PUSHKEY"));
    expect(own.filter((call) => !call.startsWith("aws ecr "))).toEqual([]);
  });

  it("takes the newest image as a cache in the next build", async () => {
    const { calls, failures } = await run(2);
    const [login = "", pull = "", build = "", push = ""] = calls.filter((call) => call.startsWith("docker "));
    expect(failures).toEqual([]);
    expect(login).toMatch(/^docker login /);
    expect(pull).toMatch(`docker pull --quiet ${image}:01234567-1 `);
    expect(build).toMatch(` --cache-from ${image}:01234567-1 `);
    expect(push).toMatch(`docker push ${image}:01234567-2 `);
  });
});
