import { StopDeploymentCommand } from "@aws-sdk/client-codedeploy";
import { BlueGreenWorld } from "../../support/blue-green/world";
import type { BlueGreenService } from "../../support/blue-green/system";

const world = new BlueGreenWorld();
const LONG = "arn:aws:lambda:ap-northeast-2:111111111111:function:long";

beforeAll(async () => {
  // No wait comes to its end, however busy the machine is.
  await world.start(60);
  world.control();
  world.hook("long", "sleep 60");
});

afterAll(() => world.stop());

type Settings = Parameters<BlueGreenWorld["service"]>[1];
type Wait = (service: BlueGreenService, id: string) => Promise<unknown>;

const untilEvent =
  (event: string): Wait =>
  (service, id) =>
    service.untilEvent(id, event);

/** How a deployment is made to wait at a phase, and which part of the production traffic green has there. */
const PHASES: Readonly<
  Record<string, { settings: Settings; wait: Wait; weights: number[]; greenIsPrimary?: boolean }>
> = {
  before: {
    settings: { hooks: { beforeInstall: LONG } },
    wait: untilEvent("BeforeInstall"),
    weights: [1, 0],
  },
  install: {
    settings: {},
    wait: async (service, id) => {
      await service.untilEvent(id, "Install");
      await service.until(id, async () => (await service.taskSets()).includes(`ACTIVE ${id}`));
    },
    weights: [100, 0],
  },
  test: {
    settings: { hooks: { afterAllowTestTraffic: LONG } },
    wait: untilEvent("AfterAllowTestTraffic"),
    weights: [100, 0],
  },
  ready: {
    settings: {
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: "STOP_DEPLOYMENT", waitTimeInMinutes: 600 },
      },
    },
    wait: (service, id) => service.until(id, ({ status }) => status === "Ready"),
    weights: [100, 0],
  },
  shift: {
    settings: { deploymentConfigName: "CodeDeployDefault.ECSCanary10Percent15Minutes" },
    wait: (service, id) => service.until(id, async () => (await service.weights()).production[0]?.[1] === 10),
    weights: [90, 10],
  },
  after: {
    settings: { hooks: { afterAllowTraffic: LONG } },
    wait: untilEvent("AfterAllowTraffic"),
    weights: [0, 100],
    greenIsPrimary: true,
  },
  end: {
    settings: { waitMinutes: 600 },
    wait: (service, id) => service.until(id, (info) => info.instanceTerminationWaitTimeStarted === true),
    weights: [0, 100],
    greenIsPrimary: true,
  },
};

async function stopAt(phase: string, autoRollbackEnabled: boolean) {
  const { settings, wait, ...expected } = PHASES[phase] ?? {};
  const service = await world.service(`${phase}-${autoRollbackEnabled ? "back" : "stay"}`, settings);
  if (phase === "install") world.hands.unhealthy.add(service.targetGroups[1]);
  const deploymentId = await service.deploy();
  await wait?.(service, deploymentId);
  await service.codeDeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }));
  const info = await service.ended(deploymentId);
  expect(info).toMatchObject({ status: "Stopped", errorInformation: { code: "MANUAL_STOP" } });
  expect(info.deploymentOverview).toMatchObject({ Failed: 1 });
  return { service, info, id: deploymentId, ...expected };
}

test.each(Object.keys(PHASES))("stopped with a rollback: %s", async (phase) => {
  const { id, info, service } = await stopAt(phase, true);
  const rollback = await service.rolledBack(info);
  expect(rollback).toMatchObject({
    status: "Succeeded",
    creator: "codeDeployRollback",
    deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
    rollbackInfo: { rollbackTriggeringDeploymentId: id },
  });
  expect(info.rollbackInfo?.rollbackMessage).toBe(
    `Deployment ${id} terminated. Automatic rollback is triggered with a DeploymentId ${rollback.deploymentId ?? ""}.`,
  );
  expect(await service.taskSets()).toEqual(["PRIMARY"]);
  expect(await service.weights()).toEqual({ production: [[100, 0]], test: [[100, 0]] });
});

test.each(Object.keys(PHASES))("stopped without a rollback: %s", async (phase) => {
  const { greenIsPrimary, id, info, service, weights } = await stopAt(phase, false);
  expect(info.rollbackInfo).toBeUndefined();
  expect((await service.weights()).production).toEqual([weights]);
  const green = phase === "before" ? [] : [`ACTIVE ${id}`];
  expect(await service.taskSets()).toEqual(
    greenIsPrimary === true ? ["ACTIVE", `PRIMARY ${id}`] : ["PRIMARY", ...green],
  );
});
