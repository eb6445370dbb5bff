import type { Evidence } from "../evidence";
import { namedAlarms } from "./conditions";
import type { Finding } from "./match";

/** A process that was told to end gives these codes: its container ended because another had. */
const TOLD_TO_END = [137, 143];

/** The containers of the stopped tasks that ended first, as far as their exit codes tell. */
function exited({ tasks }: Evidence) {
  const ended = tasks.flatMap(({ containers = [] }) => {
    const all = containers.filter(({ exitCode }) => exitCode !== undefined);
    const own = all.filter(({ exitCode = 0 }) => exitCode !== 0 && !TOLD_TO_END.includes(exitCode));
    return own.length > 0 ? own : all;
  });
  return {
    names: [...new Set(ended.flatMap(({ name }) => name ?? []))],
    codes: [...new Set(ended.flatMap(({ exitCode }) => exitCode ?? []))],
  };
}

/** The lifecycle event in which a deployment failed. */
export const failedEvent = ({ target }: Evidence) =>
  target?.lifecycleEvents?.find(({ status }) => status === "Failed")?.lifecycleEventName;

/** The name of the target group of the new tasks. */
function newGroup({ target, taskSet }: Evidence): string | undefined {
  const noted = target?.taskSetsInfo?.find(({ taskSetLabel }) => taskSetLabel === "Green");
  return noted?.targetGroup?.name ?? taskSet?.loadBalancers?.[0]?.targetGroupArn?.split("/")[1];
}

/** What the alarms of codeseries count, by their metric. */
const COUNTED: Readonly<Record<string, string>> = {
  HTTPCode_Target_5XX_Count: "failed requests (5xx)",
  UnHealthyHostCount: "tasks that do not pass their health check",
};

/** What the alarm counts, and of which version, by the metrics and their target group. */
function measured(evidence: Evidence): string {
  const metrics = namedAlarms(evidence).flatMap((alarm) => alarm.metrics);
  const counted = Object.entries(COUNTED).find(([metric]) => metrics.includes(metric))?.[1];
  const groups = namedAlarms(evidence).flatMap(
    ({ dimensions }) => dimensions.TargetGroup?.split("/")[1] ?? [],
  );
  const own = newGroup(evidence);
  const [group] = groups;
  if (own === undefined || group === undefined || new Set(groups).size > 1) return "";
  const version = group === own ? "the new version" : "the version that served before";
  return counted === undefined ? `; it measures ${version}` : `; it counts ${counted} of ${version}`;
}

/** What CloudWatch says about the alarms that stopped the deployment. */
export const alarmFindings = (evidence: Evidence): Finding[] =>
  namedAlarms(evidence).flatMap(({ name, raised: [last] }) =>
    last
      ? [
          {
            api: "cloudwatch:DescribeAlarmHistory",
            field: "AlarmHistoryItems[].HistoryData",
            text: `${name} went to ALARM at ${last.at.toISOString()}: ${last.reason}`,
          },
        ]
      : [],
  );

/** What a sentence of the catalogue can name in addition to the groups of its patterns. */
export function detailsOf(evidence: Evidence): Readonly<Record<string, string>> {
  const { codes, names } = exited(evidence);
  const hook = failedEvent(evidence);
  const { deployment, rollback } = evidence;
  const alarms = [...(deployment?.errorInformation?.message ?? "").matchAll(/<([^>]+)>/g)].map(
    ([, name]) => name,
  );
  return {
    ...(names.length > 0 && { container: names.join(" or ") }),
    ...(codes.length > 0 && { exit: ` with the exit code ${codes.join(" or ")}` }),
    ...(hook !== undefined && { hook }),
    ...(deployment?.deploymentId !== undefined && { bad: deployment.deploymentId }),
    ...(rollback?.status !== undefined && { rolledBack: ` (${rollback.status})` }),
    alarm: alarms.join(" and "),
    alarmOf: measured(evidence),
  };
}
