import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import type { EnvironmentClients } from "../../aws/delivery-clients";
import type { Delivery } from "../../system/system";
import { pieces } from "./if-present";

/** Limit of one call of DescribeAlarms. */
const ALARMS = 100;

/** Names of the alarms that can stop a delivery's deployments. */
export const alarmsOf = ({ names, settings: { deployment } }: Delivery): string[] => [
  ...(deployment.rollbackOnAlarms
    ? [names.blueErrorsAlarm, names.blueUnhealthyAlarm, names.greenErrorsAlarm, names.greenUnhealthyAlarm]
    : []),
  ...deployment.alarmNames,
];

/** Alarms of these names, of either kind. */
export async function readAlarms({ cloudwatch }: EnvironmentClients, names: readonly string[]) {
  const read = pieces([...new Set(names)], ALARMS).map((AlarmNames) =>
    cloudwatch.send(
      new DescribeAlarmsCommand({
        AlarmNames,
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: ALARMS,
      }),
    ),
  );
  return (await Promise.all(read)).flatMap(({ CompositeAlarms = [], MetricAlarms = [] }) => [
    ...MetricAlarms,
    ...CompositeAlarms,
  ]);
}
