import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import type { AlarmConfiguration } from "@aws-sdk/client-codedeploy";
import { alarmsActive, DeploymentEnds } from "./model/ending";
import type { Session } from "./session";

/** Names of alarms in the state ALARM; other states, such as INSUFFICIENT_DATA, do not matter. */
async function activeAlarms(session: Session, names: string[]): Promise<string[]> {
  const { CompositeAlarms = [], MetricAlarms = [] } = await session.cloudWatch((client) =>
    client.send(
      new DescribeAlarmsCommand({ AlarmNames: names, AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }),
    ),
  );
  return [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName, StateValue }) =>
    StateValue === "ALARM" && AlarmName !== undefined ? [AlarmName] : [],
  );
}

/**
 * Ends the deployment if one of its alarms is active, even if it was before the deployment.
 *
 * @throws DeploymentEnds also if the alarms cannot be read, unless `ignorePollAlarmFailure` is set.
 */
export async function checkAlarms(
  session: Session,
  { enabled, alarms, ignorePollAlarmFailure }: AlarmConfiguration,
): Promise<void> {
  const names = (alarms ?? []).flatMap(({ name }) => name ?? []);
  if (enabled !== true || names.length === 0) return;
  let active: string[];
  try {
    active = await activeAlarms(session, names);
  } catch (error) {
    if (error instanceof DeploymentEnds && ignorePollAlarmFailure === true) return;
    throw error;
  }
  if (active.length > 0) throw new DeploymentEnds(alarmsActive(active));
}
