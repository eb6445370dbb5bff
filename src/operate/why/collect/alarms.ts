import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type AlarmHistoryItem,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import type { DeploymentInfo } from "@aws-sdk/client-codedeploy";
import type { Alarm } from "../evidence";
import type { Reader } from "./reader";

const HISTORY_ITEMS = 100;

interface NewState {
  readonly newState?: { readonly stateValue?: string; readonly stateReason?: string };
}

function stateIn({ HistoryData = "{}" }: AlarmHistoryItem): NewState["newState"] {
  try {
    return (JSON.parse(HistoryData) as NewState).newState;
  } catch {
    return undefined;
  }
}

const raisedIn = (items: readonly AlarmHistoryItem[]): Alarm["raised"] =>
  items
    .flatMap((item) => {
      const state = stateIn(item);
      return state?.stateValue === "ALARM" && item.Timestamp
        ? [{ at: item.Timestamp, reason: state.stateReason ?? "" }]
        : [];
    })
    .sort((one, other) => other.at.getTime() - one.at.getTime());

/** Without a history, the alarm itself says when it changed, as long as it has not changed back. */
function raisedNow({
  StateReason = "",
  StateTransitionedTimestamp,
  StateUpdatedTimestamp,
  StateValue,
}: MetricAlarm) {
  const at = StateTransitionedTimestamp ?? StateUpdatedTimestamp;
  return StateValue === "ALARM" && at ? [{ at, reason: StateReason }] : [];
}

function alarmOf(alarm: MetricAlarm, items: readonly AlarmHistoryItem[]): Alarm {
  const stats = (alarm.Metrics ?? []).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  const metrics = [alarm, ...stats];
  const dimensions = metrics.flatMap(({ Dimensions = [] }) => Dimensions);
  const raised = raisedIn(items);
  return {
    name: alarm.AlarmName ?? "",
    metrics: [...new Set(metrics.flatMap(({ MetricName }) => MetricName ?? []))],
    dimensions: Object.fromEntries(dimensions.map(({ Name = "", Value = "" }) => [Name, Value])),
    raised: raised.length > 0 ? raised : raisedNow(alarm),
  };
}

/** The alarms that a deployment names as the reason of its stop, with their history. */
export async function readAlarms(reader: Reader, { errorInformation }: DeploymentInfo): Promise<Alarm[]> {
  const { cloudwatch } = reader.clients.environment;
  const AlarmNames = [...(errorInformation?.message ?? "").matchAll(/<([^>]+)>/g)].map(
    ([, name = ""]) => name,
  );
  if (errorInformation?.code !== "ALARM_ACTIVE" || AlarmNames.length === 0) return [];
  const answer = await reader.try("cloudwatch:DescribeAlarms", () =>
    cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames })),
  );
  return Promise.all(
    (answer?.MetricAlarms ?? []).map(async (alarm) => {
      const history = await reader.try("cloudwatch:DescribeAlarmHistory", () =>
        cloudwatch.send(
          new DescribeAlarmHistoryCommand({
            AlarmName: alarm.AlarmName,
            HistoryItemType: "StateUpdate",
            MaxRecords: HISTORY_ITEMS,
          }),
        ),
      );
      return alarmOf(alarm, history?.AlarmHistoryItems ?? []);
    }),
  );
}
