import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { ControllerLoop } from "../../../src/local/reconcile/controller";
import { alarmController } from "../../../src/local/services/cloudwatch/alarms";
import { EmbeddedAws } from "../../support/embedded-aws";
import { until } from "../../support/until";

const ACCOUNT = "111111111111";
const NAMESPACE = "AWS/ApplicationELB";
const DIMENSIONS = [{ Name: "TargetGroup", Value: "targetgroup/blue/1" }];

const aws = new EmbeddedAws();
let loop: ControllerLoop;
const errors: unknown[] = [];

const client = () => aws.client(CloudWatchClient, ACCOUNT);

beforeAll(async () => {
  // A minute is half a second.
  const embedded = await aws.start(120);
  loop = new ControllerLoop(alarmController(embedded), (error) => errors.push(error));
  const metric = (Id: string, MetricName: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: { Namespace: NAMESPACE, MetricName, Dimensions: DIMENSIONS },
      Period: 60,
      Stat: "Sum",
    },
  });
  await client().send(
    new PutMetricAlarmCommand({
      AlarmName: "errors",
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: 5,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 2,
      TreatMissingData: "notBreaching",
      Metrics: [
        metric("requests", "RequestCount"),
        metric("failed", "HTTPCode_Target_5XX_Count"),
        {
          Id: "percent",
          Expression: "IF(requests >= 50, 100 * FILL(failed, 0) / requests, 0)",
          ReturnData: true,
        },
      ],
    }),
  );
});

afterAll(async () => {
  await loop.end();
  await aws.stop();
});

const put = (values: Readonly<Record<string, number>>) =>
  client().send(
    new PutMetricDataCommand({
      Namespace: NAMESPACE,
      MetricData: Object.entries(values).map(([MetricName, Value]) => ({
        MetricName,
        Value,
        Dimensions: DIMENSIONS,
        Timestamp: new Date(),
      })),
    }),
  );

const alarm = async () => (await client().send(new DescribeAlarmsCommand({}))).MetricAlarms?.[0];

test("an alarm on failed requests goes off, which is a change, and comes back when the metrics stop", async () => {
  await until(
    async () => (await alarm())?.StateReason?.startsWith("Threshold Crossed: no datapoints") === true,
  );
  const before = await aws.embedded.changes.newest();
  await until(async () => {
    await put({ RequestCount: 40, HTTPCode_Target_5XX_Count: 10 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    return (await alarm())?.StateValue === "ALARM";
  });
  expect((await alarm())?.StateReason).toMatch(
    /^Threshold Crossed: \d out of the last 4 datapoints \[.*25\.0 \(.*\)\] were greater than or equal to the threshold \(5\.0\) \(minimum 2 datapoints for OK -> ALARM transition\)\.$/,
  );
  expect(await aws.embedded.changes.newest()).toBe(before + 1);
  expect(aws.said.some((line) => line.startsWith("cloudwatch errors OK -> ALARM"))).toBe(true);
  await until(async () => (await alarm())?.StateValue === "OK");
  expect(errors).toEqual([]);
});
