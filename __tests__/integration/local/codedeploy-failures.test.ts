import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { BlueGreenWorld } from "../../support/blue-green/world";

const ACCOUNT = "111111111111";
const world = new BlueGreenWorld();

const functionArn = (name: string) => `arn:aws:lambda:ap-northeast-2:${ACCOUNT}:function:${name}`;

beforeAll(async () => {
  await world.start();
  world.control();
});

afterAll(() => world.stop());

const REPORT = (status: string) => [
  `python3 - <<'END'`,
  "import boto3, json, os",
  "event = json.loads(os.environ['EVENT'])",
  "boto3.client('codedeploy').put_lifecycle_event_hook_execution_status(",
  "    deploymentId=event['DeploymentId'],",
  "    lifecycleEventHookExecutionId=event['LifecycleEventHookExecutionId'],",
  `    status='${status}')`,
  "END",
];

test("hooks that succeed, by their exit code and by their report, and one that nothing stands for", async () => {
  world.hook("good", 'echo "event $(cat)"');
  world.hook("reports", "export EVENT=$(cat)", ...REPORT("Succeeded"), "exit 1");
  const api = await world.service("hooked", {
    hooks: {
      beforeInstall: functionArn("good"),
      afterAllowTestTraffic: functionArn("reports"),
      afterAllowTraffic: functionArn("absent"),
    },
  });
  const id = await api.deploy();
  expect(await api.ended(id)).toMatchObject({ status: "Succeeded" });
  expect(await api.events(id)).toMatchObject({
    BeforeInstall: "Succeeded",
    AfterAllowTestTraffic: "Succeeded",
    AfterAllowTraffic: "Skipped",
  });
  const said = world.aws.said.join("\n");
  expect(said).toContain(`BeforeInstall: event {"DeploymentId":"${id}","LifecycleEventHookExecutionId":`);
  expect(said).toContain("AfterAllowTraffic is skipped: there is no executable absent in");
});

test.each([
  ["exits", ["exit 3"]],
  ["tells", ["export EVENT=$(cat)", ...REPORT("Failed"), "exit 0"]],
])("a hook that fails (%s) ends the deployment before production traffic", async (name, commands) => {
  world.hook(name, ...commands);
  const api = await world.service(name, { hooks: { beforeAllowTraffic: functionArn(name) } });
  const id = await api.deploy();
  const info = await api.ended(id);
  expect(info).toMatchObject({
    status: "Failed",
    errorInformation: {
      code: "HOOK_EXECUTION_FAILURE",
      message:
        "The deployment failed because one or more of the lifecycle event validation functions failed.",
    },
  });
  expect(info.rollbackInfo?.rollbackMessage).toContain(`Deployment ${id} failed. Automatic rollback`);
  expect(await api.events(id)).toMatchObject({
    AfterAllowTestTraffic: "Succeeded",
    BeforeAllowTraffic: "Failed",
    AllowTraffic: "Skipped",
  });
  await api.rolledBack(info);
  expect(await api.taskSets()).toEqual(["PRIMARY"]);
  expect(await api.weights()).toEqual({ production: [[100, 0]], test: [[100, 0]] });
});

test("green that does not become healthy, and a hook that does not end, meet their time limits", async () => {
  world.hook("endless", "sleep 60");
  const sick = await world.service("sick", { autoRollbackConfiguration: { enabled: false } });
  world.hands.unhealthy.add(sick.targetGroups[1]);
  const slow = await world.service("slow", { hooks: { afterInstall: functionArn("endless") } });
  const ids = { sick: await sick.deploy(), slow: await slow.deploy() };
  const info = await sick.ended(ids.sick);
  expect(info).toMatchObject({
    status: "Failed",
    errorInformation: {
      code: "TIMEOUT",
      message:
        "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.",
    },
  });
  expect(info.rollbackInfo).toBeUndefined();
  expect(await sick.events(ids.sick)).toMatchObject({ Install: "Failed", AfterInstall: "Skipped" });
  expect(await sick.taskSets()).toEqual(["PRIMARY", `ACTIVE ${ids.sick}`]);
  expect((await slow.ended(ids.slow)).errorInformation?.message).toContain(
    "CodeDeploy expects a status callback within one hour",
  );

  // The next deployment deletes what this one has left.
  world.hands.unhealthy.clear();
  const next = await sick.deploy();
  expect(await sick.ended(next)).toMatchObject({ status: "Succeeded" });
  expect(await sick.taskSets()).toEqual([`PRIMARY ${next}`]);
});

test("an alarm before the deployment, and one during the shift, stop it and roll it back", async () => {
  const cloudWatch = world.aws.client(CloudWatchClient, ACCOUNT);
  const state = async (AlarmName: string, StateValue: "ALARM" | "OK" | "INSUFFICIENT_DATA") => {
    const alarm = new PutMetricAlarmCommand({
      AlarmName,
      Namespace: "test",
      MetricName: AlarmName,
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold",
    });
    if (StateValue !== "ALARM") await cloudWatch.send(alarm);
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "test" }));
  };
  await state("errors", "INSUFFICIENT_DATA");
  await state("slow", "OK");
  const api = await world.service("alarmed", {
    deploymentConfigName: "CodeDeployDefault.ECSCanary10Percent15Minutes",
    alarmConfiguration: { enabled: true, alarms: [{ name: "errors" }, { name: "slow" }] },
  });
  const during = await api.deploy();
  await api.until(during, async () => (await api.weights()).production[0]?.[1] === 10);
  await state("errors", "ALARM");
  const expected = {
    status: "Stopped",
    errorInformation: {
      code: "ALARM_ACTIVE",
      message:
        "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the " +
        "affected deployments have been stopped. Activated alarms: <errors>",
    },
  };
  const info = await api.ended(during);
  expect(info).toMatchObject(expected);
  expect(await api.events(during)).toMatchObject({ AllowTraffic: "Failed", AfterAllowTraffic: "Skipped" });
  expect(await api.rolledBack(info)).toMatchObject({ status: "Succeeded" });
  expect(await api.weights()).toEqual({ production: [[100, 0]], test: [[100, 0]] });

  const before = await api.deploy();
  const stopped = await api.ended(before);
  expect(stopped).toMatchObject(expected);
  expect(await api.rolledBack(stopped)).toMatchObject({ status: "Succeeded" });
  expect(await api.events(before)).toMatchObject({ BeforeInstall: "Skipped", Install: "Skipped" });
  expect(await api.taskSets()).toEqual(["PRIMARY"]);

  await state("errors", "OK");
  const id = await api.deploy({ deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce" });
  expect(await api.ended(id)).toMatchObject({ status: "Succeeded" });
});

test("what is wrong before a deployment begins is told in AWS's words", async () => {
  const noRole = await world.service("no-role", {
    serviceRoleArn: `arn:aws:iam::${ACCOUNT}:role/gone`,
  });
  expect((await noRole.ended(await noRole.deploy())).errorInformation?.code).toBe("IAM_ROLE_MISSING");

  const api = await world.service("wrong");
  const revision = (content: string) => ({
    revision: { revisionType: "AppSpecContent" as const, appSpecContent: { content } },
  });
  const unreadable = await api.ended(await api.deploy(revision("version: 0.0")));
  expect(unreadable.errorInformation).toEqual({
    code: "INVALID_REVISION",
    message: "The AppSpec file is invalid: TaskDefinition is missing",
  });
  expect(unreadable.rollbackInfo).toBeUndefined();
});
