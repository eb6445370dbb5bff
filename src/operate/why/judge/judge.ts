import type { Entry } from "../catalogue/entry";
import type { Evidence } from "../evidence";
import type { Answer, Cause } from "./answer";
import { denialsIn, statementOf } from "./denial";
import { alarmFindings, detailsOf } from "./details";
import { filled, type Match } from "./match";
import { productionLines } from "./production";
import { ranked } from "./rank";
import { decisiveLines, readingsOf, type Reading } from "./readings";
import { stateAnswer, stateOf, type State } from "./state";
import { unknownCause } from "./unknown";

/** How many lines of a log an answer shows. */
const LOG_LINES = 12;

type Details = Readonly<Record<string, string>>;

function causeOf({ entry, findings, groups }: Match, details: Details): Cause {
  const all = { ...details, ...groups };
  return {
    id: entry.id,
    cause: filled(entry.cause, all),
    possible: entry.possible.map((one) => filled(one, all)),
    evidence: findings,
    confirm: entry.confirm,
    remedy: filled(entry.remedy, all),
    misleading: entry.misleading,
  };
}

function certaintyOf(first: readonly Match[]): Answer["certainty"] {
  const [best] = first;
  if (!best) return "unknown";
  const { possible, role, seen, sure } = best.entry;
  if (first.length > 1 || possible.length > 0) return "one of several";
  return sure ?? (seen && role !== "pointer" ? "certain" : "likely");
}

/** A log shows more than the text of its phase or task; the end of it is what an engineer reads. */
function logOf({ buildLog, taskLog }: Evidence): Answer["log"] {
  const log = buildLog ?? taskLog;
  if (!log || log.lines.length === 0) return undefined;
  const lines = buildLog ? decisiveLines(log.lines) : log.lines;
  return { group: log.group, stream: log.stream, lines: lines.slice(-LOG_LINES) };
}

const isRolledBack = ({ deployment, rollback }: Evidence) =>
  deployment?.rollbackInfo?.rollbackDeploymentId !== undefined && rollback?.status === "Succeeded";

function headlineOf(first: readonly Cause[]): string {
  const sentences = [...new Set(first.map(({ cause }) => cause))];
  return sentences.length === 1 ? (sentences[0] ?? "") : `One of these: ${sentences.join("; or: ")}`;
}

/** Every text in a value. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const notesOf = ({ tasksFrom, unread }: Evidence) => [
  ...(tasksFrom === "kept events"
    ? ["ECS has forgotten the tasks: what is known of them is from the kept events"]
    : []),
  ...unread.map((one) => `not read: ${one}`),
];

/**
 * Why a release is as it is. It reads nothing: everything follows from the evidence and the catalogue.
 *
 * @param more Readings that the evidence does not have, such as those of CloudTrail.
 */
export function judge(entries: readonly Entry[], evidence: Evidence, more: readonly Reading[] = []): Answer {
  const readings = [...readingsOf(evidence), ...more];
  const details = detailsOf(evidence);
  const { first, others, outcomes, states } = ranked(entries, readings, evidence);
  const production = [
    ...outcomes.map(({ entry, groups }) => filled(entry.cause, { ...details, ...groups })),
    ...productionLines(evidence),
  ];
  const told = states.map((one) => causeOf(one, details));
  const state = stateOf(evidence);
  const failing = state?.status === "running" ? first.filter(ofTasks) : [];
  if (state)
    return {
      ...(failing.length > 0 ? failingAnswer(state, failing, details) : stateAnswer(state, told)),
      production,
      notes: notesOf(evidence),
    };
  const denied = denialsIn(textsIn(readings));
  const known = first.map((one) => causeOf(one, details));
  const unknown = unknownCause(entries, evidence, denied);
  const [top = unknown.cause, ...rest] = known;
  const causes = [{ ...top, evidence: [...top.evidence, ...alarmFindings(evidence)] }, ...rest];
  return {
    status: isRolledBack(evidence) ? "rolled back" : "failed",
    headline: headlineOf(causes),
    certainty: known.length > 0 ? certaintyOf(first) : unknown.certainty,
    causes,
    also: others.map((one) => causeOf(one, details)),
    denied,
    log: logOf(evidence),
    production,
    next: [
      ...new Set(causes.map(({ remedy }) => remedy)),
      ...denied.map((one) => `the statement that allows it: ${statementOf(one)}`),
    ],
    notes: notesOf(evidence),
  };
}

/** Whether stopped tasks show the cause. */
const ofTasks = ({ findings }: Match) => findings.some(({ api }) => api === "ecs:DescribeTasks");

/** A deployment that waits for tasks which cannot start, for an hour at most. */
function failingAnswer(
  state: State,
  failing: readonly Match[],
  details: Details,
): Omit<Answer, "production" | "notes"> {
  const causes = failing.map((one) => causeOf(one, details));
  return {
    status: state.status,
    headline: `${headlineOf(causes)}. ${state.headline}`,
    certainty: certaintyOf(failing),
    causes,
    also: [],
    denied: [],
    next: [
      ...new Set(causes.map(({ remedy }) => remedy)),
      "CodeDeploy waits up to 60 minutes for its tasks; to end the deployment now: npx codeseries rollback",
    ],
  };
}
