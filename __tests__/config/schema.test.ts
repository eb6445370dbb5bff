import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RegionInfo } from "@aws-cdk/region-info";
import { jsonSchema, reference } from "../../src/config/reference";
import { REGIONS } from "../../src/config/schema/regions";
import { shippedYaml } from "../support/faults";
import { configFile, configOf } from "../support/synth-app";

const root = join(__dirname, "..", "..");

describe("the schema", () => {
  it("is published as it is; npm run schema writes it", () => {
    expect(readFileSync(join(root, "codeseries.schema.json"), "utf8")).toBe(jsonSchema());
  });

  it("is documented as it is; npm run schema writes that too", () => {
    expect(readFileSync(join(root, "docs", "configuration.md"), "utf8")).toBe(reference());
  });

  it("knows the regions that AWS's own library knows", () => {
    const known = RegionInfo.regions.filter(({ partition }) => partition === "aws").map(({ name }) => name);
    expect([...REGIONS].sort()).toEqual(known.sort());
  });

  it("fills in every default of the shipped configuration", () => {
    const { environments, services } = configOf(shippedYaml);
    expect(environments.dev).toMatchObject({
      approval: false,
      logRetentionDays: 30,
      network: { nat: "single", flowLogs: true },
      ingress: { testPort: 8443, testTrafficFrom: [] },
    });
    expect(services["awssdk-iam"]).toMatchObject({
      version: "0.0.1",
      build: {
        dockerfile: "Dockerfile",
        context: ".",
        computeType: "BUILD_GENERAL1_SMALL",
        buildspec: "codeseries/codebuild/buildspec.yml",
        timeoutMinutes: 60,
      },
      task: { cpu: 256, memory: 512, exec: false, xray: false },
      healthCheck: { codes: "200", intervalSeconds: 15, timeoutSeconds: 5, graceSeconds: 120 },
      stickinessSeconds: 0,
      drainSeconds: 60,
      deployment: {
        config: "CodeDeployDefault.ECSCanary10Percent5Minutes",
        blueTerminationWaitMinutes: 15,
        readyWaitMinutes: 0,
        rollbackOnAlarms: true,
        alarms: { errorPercent: 5, minimumRequests: 50, unhealthyHosts: 1, minutes: 3 },
        alarmNames: [],
      },
    });
  });

  it("protects an environment that does not say otherwise", () => {
    expect(configFile("__tests__/fixtures/three-environments.yaml").environments.prd?.protect).toBe(true);
  });
});
