import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemOf } from "../../../src/system/system";
import { requiredStages } from "../../../src/permissions/calls";
import { policiesOfStacks, provePermissions } from "../../../src/permissions";
import { partiesOf } from "../../../src/permissions/parties";
import { configFile, configOf, synthApp } from "../../support/synth-app";

const oneAccount = readFileSync(join(__dirname, "..", "..", "fixtures", "one-account.yaml"), "utf8");
const connected = (service: string) =>
  configOf(
    oneAccount.replace(
      "{ repository: web }",
      `{ connection: { arn: "arn:aws:${service}:us-east-1:111111111111:connection/0aa1bb2c", repository: a/web } }`,
    ),
  );

describe("a source behind a connection", () => {
  it.each(["codeconnections", "codestar-connections"])(
    "is proven with an ARN of %s, although the policy lists both names of the action",
    async (service) => {
      const config = connected(service);
      const { failures, sections } = await provePermissions(
        systemOf(config),
        policiesOfStacks(synthApp(config)),
      );
      expect(failures).toEqual([]);
      const fetches = sections
        .flatMap(({ stages }) => stages.flatMap(({ calls }) => calls))
        .filter(({ call }) => call.purpose === "fetch the source");
      expect(fetches.map(({ call, holds }) => [call.actions, holds])).toEqual([
        [[`${service}:UseConnection`], true],
      ]);
    },
  );

  it("needs no developer, no trigger and no repository", () => {
    const [delivery] = systemOf(connected("codeconnections")).deliveries;
    const [source] = delivery ? requiredStages(partiesOf(delivery)) : [];
    expect(source?.calls.map(({ purpose }) => purpose)).toEqual(["run the pipeline", "fetch the source"]);
  });
});

describe("the calls of a delivery", () => {
  const { deliveries } = systemOf(configFile("__tests__/fixtures/three-environments.yaml"));
  const callsOf = (service: string, environment: string) =>
    deliveries
      .filter((one) => one.service.name === service && one.environment.name === environment)
      .flatMap((one) => requiredStages(partiesOf(one)).flatMap(({ calls }) => calls));

  it.each([
    ["open a shell in the container", 1],
    ["send traces", 1],
    ["read a secret", 2],
    ["read a secret of the build", 1],
    ["read a parameter of the build", 1],
    ["report the tests", 1],
    ["pull a sidecar's image", 1],
    ["read a parameter", 2],
    ["decrypt a secret", 4],
    ["test the release", 5],
  ])("%s only where the configuration says so", (purpose, count) => {
    const made = (service: string) => callsOf(service, "prd").filter((call) => call.purpose === purpose);
    expect(made("orders")).toHaveLength(count);
    expect(made("web")).toHaveLength(0);
  });

  it("read both delivery files, of every delivery", () => {
    for (const service of ["web", "orders", "billing"])
      expect(
        callsOf(service, "stg")
          .filter(({ purpose }) => purpose === "read the delivery files")
          .map(({ actions, resource }) => [actions, resource]),
      ).toEqual(
        ["taskdef.json", "appspec.yml"].map((name) => [
          ["s3:GetObject"],
          `arn:aws:s3:::acme-shared-s3-codeseries-${service}-stg/delivery/${name}`,
        ]),
      );
  });

  it("ask the owner of a sidecar's image in another account to allow the call", () => {
    const [own, other] = ["prd", "dev"].map((environment) =>
      callsOf("orders", environment).find(({ purpose }) => purpose === "pull a sidecar's image"),
    );
    expect(own).toMatchObject({ owner: "444444444444", assumeAllowed: undefined });
    expect(other).toMatchObject({ owner: "444444444444", assumeAllowed: "resource" });
  });

  it("ask the owner of a secret in another account to allow the call", () => {
    const [own, other] = ["prd", "dev"].map((environment) =>
      callsOf("orders", environment).find(({ purpose }) => purpose === "read a secret"),
    );
    expect(own).toMatchObject({ owner: "444444444444", assumeAllowed: undefined });
    expect(other).toMatchObject({ owner: "444444444444", assumeAllowed: "resource" });
  });
});
