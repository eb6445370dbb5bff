import type { Evidence } from "../evidence";

/** `undefined`: the evidence does not tell. */
type Answer = boolean | undefined;

const MINUTE_MS = 60_000;
/** IAM's changes are effective in all places after a minute or two. */
const PROPAGATION_MS = 2 * MINUTE_MS;
/** CodePipeline waits 7 days for an approval; its clock and ours may differ. */
const APPROVAL_MS = 7 * 24 * 60 * MINUTE_MS - 5 * MINUTE_MS;
/** How long CodePipeline lets an action run, by its provider. */
const ACTION_LIMIT_MS: Readonly<Record<string, number>> = {
  CodeBuild: 8 * 60 * MINUTE_MS - MINUTE_MS,
  CodeDeployToECS: 5 * 24 * 60 * MINUTE_MS - MINUTE_MS,
};

const between = (start?: Date, end?: Date) => (start && end ? end.getTime() - start.getTime() : undefined);

/** Whether a value has a property; undefined if there is no value. */
const known = <T>(value: T | undefined, has: (value: T) => Answer): Answer =>
  value === undefined ? undefined : has(value);

const actionTime = ({ action }: Evidence) => between(action?.startTime, action?.lastUpdateTime);

const expired = (evidence: Evidence): Answer => {
  const { errorDetails, externalExecutionSummary } = evidence.action?.output?.executionResult ?? {};
  if (/^Rejected by/.test(externalExecutionSummary ?? "")) return false;
  if (/reject/i.test(errorDetails?.message ?? "")) return false;
  return known(actionTime(evidence), (time) => time >= APPROVAL_MS);
};

/** The alarms that CodeDeploy names as the reason of a stop. */
export function namedAlarms({ alarms, deployment }: Evidence) {
  const named = [...(deployment?.errorInformation?.message ?? "").matchAll(/<([^>]+)>/g)].map(
    ([, name]) => name,
  );
  return alarms.filter(({ name }) => named.includes(name));
}

/** Whether the last change to ALARM before the end of the deployment was before its start. */
const raisedBefore = (evidence: Evidence): Answer => {
  const { completeTime = new Date(), createTime } = evidence.deployment ?? {};
  const [alarm] = namedAlarms(evidence);
  const last = alarm?.raised.find(({ at }) => at <= completeTime);
  return last && createTime ? last.at < createTime : undefined;
};

const rollbackStatus = ({ deployment, rollback }: Evidence) =>
  rollback?.status ?? (deployment?.creator === "codeDeployRollback" ? deployment.status : undefined);

const isOver = (status?: string) => status === "Failed" || status === "Stopped";

/** Each condition that an entry of the catalogue can name. */
const CONDITIONS = {
  newPipeline: ({ created, execution }: Evidence) =>
    known(between(created, execution?.startTime), (time) => time < PROPAGATION_MS),
  noExecution: ({ execution }: Evidence) => execution === undefined,
  notPrivileged: ({ build }: Evidence) => known(build?.environment?.privilegedMode, (mode) => !mode),
  approvalExpired: expired,
  approvalAnswered: (evidence: Evidence) => known(expired(evidence), (answer) => !answer),
  waitsForApproval: ({ action }: Evidence) =>
    known(action, ({ input }) => input?.actionTypeId?.category === "Approval"),
  transitionDisabled: ({ execution, stages }: Evidence) =>
    stages.some(
      ({ inboundExecution, inboundExecutions = [], inboundTransitionState }) =>
        inboundTransitionState?.enabled === false &&
        [inboundExecution, ...inboundExecutions].some(
          (one) => one !== undefined && one.pipelineExecutionId === execution?.pipelineExecutionId,
        ),
    ),
  queueLimit: ({ actions, execution }: Evidence) =>
    execution?.status === "Failed" && execution.executionMode === "QUEUED" && actions.length === 0,
  actionLimit: (evidence: Evidence) => {
    const limit = ACTION_LIMIT_MS[evidence.action?.input?.actionTypeId?.provider ?? ""];
    const time = actionTime(evidence);
    return limit !== undefined && time !== undefined && time >= limit;
  },
  alarmBefore: raisedBefore,
  alarmDuring: (evidence: Evidence) => known(raisedBefore(evidence), (before) => !before),
  alarmOfBalancer: (evidence: Evidence) =>
    known(
      namedAlarms(evidence)[0],
      ({ dimensions }) => "LoadBalancer" in dimensions && !("TargetGroup" in dimensions),
    ),
  rollbackFailed: (evidence: Evidence) => isOver(rollbackStatus(evidence)),
  notRolledBack: ({ deployment }: Evidence) =>
    isOver(deployment?.status) && deployment.rollbackInfo?.rollbackDeploymentId === undefined,
  scaledDuring: ({ deployment, scaled }: Evidence) =>
    deployment?.status === "Failed" &&
    scaled.some((at) => at >= (deployment.createTime ?? at) && at <= (deployment.completeTime ?? at)),
  servesUnhealthy: ({ deployment, production }: Evidence) =>
    deployment?.status === "Succeeded" &&
    (production?.targets ?? []).some(({ TargetHealth }) => TargetHealth?.State === "unhealthy"),
  waitsToTerminate: ({ deployment, target }: Evidence) =>
    deployment?.status === "InProgress" &&
    (target?.lifecycleEvents ?? []).length > 0 &&
    (target?.lifecycleEvents ?? []).every(({ status }) => status === "Succeeded" || status === "Skipped"),
} as const satisfies Readonly<Record<string, (evidence: Evidence) => Answer>>;

/** The name of a condition. */
export type Condition = keyof typeof CONDITIONS;

/** Whether a condition holds; undefined if the evidence does not tell. */
export const holds = (condition: Condition, evidence: Evidence): Answer => CONDITIONS[condition](evidence);
