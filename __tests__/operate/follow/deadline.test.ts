import { deploymentMinutes, executionMinutes, shiftMinutes } from "../../../src/operate/follow/deadline";
import { deliveryWith } from "../../support/delivery";

const of = (config: unknown) =>
  deliveryWith({ deployment: { config, blueTerminationWaitMinutes: 20, readyWaitMinutes: 7 } });

describe("shiftMinutes", () => {
  it.each<[unknown, number]>([
    ["CodeDeployDefault.ECSAllAtOnce", 0],
    ["CodeDeployDefault.ECSCanary10Percent5Minutes", 5],
    ["CodeDeployDefault.ECSLinear10PercentEvery3Minutes", 30],
    [{ canary: { percent: 30, minutes: 8 } }, 8],
    [{ linear: { percent: 30, minutes: 2 } }, 8],
  ])("of %j is %d", (config, minutes) => {
    expect(shiftMinutes(of(config))).toBe(minutes);
  });
});

it("adds the waits to the hour that CodeDeploy gives to tasks, and to a hook", () => {
  const delivery = of("CodeDeployDefault.ECSCanary10Percent5Minutes");
  expect(deploymentMinutes(delivery)).toBe(60 + 7 + 5 + 20 + 5);
  expect(executionMinutes(delivery)).toBe(
    deploymentMinutes(delivery) + delivery.settings.build.timeoutMinutes + 10,
  );
});

it("gives an hour to each hook", () => {
  const afterInstall = "arn:aws:lambda:eu-central-1:222222222222:function:check";
  const hooks = { environments: { dev: { deployment: { hooks: { afterInstall } } } } };
  expect(deploymentMinutes(deliveryWith(hooks)) - deploymentMinutes(deliveryWith())).toBe(60);
});
