import { settingsOf, type Settings } from "../../src/system/settings";
import { shippedYaml } from "../support/faults";
import { configFile, configOf } from "../support/synth-app";

const config = configFile("__tests__/fixtures/three-environments.yaml");

function ordersIn(environment: string): Settings {
  const { orders } = config.services;
  if (!orders) throw new Error("the fixture has no service orders");
  return settingsOf(orders, environment);
}

describe("settings", () => {
  it("are the service's own where an environment overrides nothing", () => {
    expect(ordersIn("stg").task).toMatchObject({ cpu: 1024, memory: 3072, desiredCount: 3 });
  });

  it("replace single values by an environment's", () => {
    expect(ordersIn("dev").task).toMatchObject({ cpu: 256, memory: 512, desiredCount: 1, exec: true });
    expect(ordersIn("dev").deployment).toMatchObject({
      config: "CodeDeployDefault.ECSAllAtOnce",
      blueTerminationWaitMinutes: 60,
    });
  });

  it("add an environment's variables to the service's, and let them win", () => {
    expect(ordersIn("dev").task.variables).toEqual({ LOG_LEVEL: "debug", PATTERN: "%{level} ${message}" });
    expect(ordersIn("dev").build.variables).toHaveProperty("SKIP_TESTS", "true");
    expect(ordersIn("stg").build.variables).not.toHaveProperty("SKIP_TESTS");
  });

  it("keep the service's alarms where an environment changes one, or none", () => {
    expect(ordersIn("dev").deployment.alarms).toEqual({
      errorPercent: 10,
      minimumRequests: 20,
      unhealthyHosts: 2,
      minutes: 5,
    });
    const yaml = shippedYaml
      .replace("port: 10012", "port: 10012\n    deployment: { alarms: { errorPercent: 7, minutes: 9 } }")
      .replace("# What", "deployment: { alarms: { minutes: 4 } }\n        # What");
    const service = configOf(yaml).services["awssdk-iam"];
    expect(service && settingsOf(service, "dev").deployment.alarms).toEqual({
      errorPercent: 7,
      minimumRequests: 50,
      unhealthyHosts: 1,
      minutes: 4,
    });
  });

  it("replace scaling as a whole", () => {
    expect(ordersIn("dev").scaling).toEqual({ min: 1, max: 2, cpuPercent: 80 });
  });

  it.each([
    ["two without scaling", "port: 10012", 2],
    ["as many as scaling starts with", "port: 10012\n    scaling: { min: 3, max: 5, cpuPercent: 60 }", 3],
    ["as many as are wanted", "port: 10012\n    task: { desiredCount: 7 }", 7],
  ])("start %s", (_, change, desiredCount) => {
    const service = configOf(shippedYaml.replace("port: 10012", change)).services["awssdk-iam"];
    expect(service && settingsOf(service).task.desiredCount).toBe(desiredCount);
  });

  it("leave the configuration itself as it was", () => {
    ordersIn("dev");
    expect(config.services.orders?.task.cpu).toBe(1024);
  });

  it("let an environment replace host, path and health check path", () => {
    const service = configOf(
      shippedYaml
        .replace("port: 10012", 'port: 10012\n    host: "{environment}.example.com"')
        .replace("# What", "path: /\n        healthCheckPath: /health\n        # What"),
    ).services["awssdk-iam"];
    expect(service && settingsOf(service, "dev")).toMatchObject({
      hosts: ["dev.example.com"],
      paths: ["/"],
      path: "/",
      healthCheckPath: "/health",
    });
  });
});
