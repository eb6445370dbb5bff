import type { Entry } from "../catalogue/entry";
import type { Evidence } from "../evidence";
import type { Answer, Cause, Status } from "./answer";
import { denialsIn, statementOf } from "./denial";
import { detailsOf } from "./details";
import { filled, type Match } from "./match";
import { productionLines } from "./production";
import { ranked } from "./rank";
import { decisiveLines, readingsOf, type Reading } from "./readings";
import { stateOf } from "./state";
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

/** The texts of AWS in which a denial can be: those that were found, and those of the failed step. */
const textsOf = (causes: readonly Cause[], readings: readonly Reading[]) => [
  ...causes.flatMap(({ evidence }) => evidence.map(({ text }) => text)),
  JSON.stringify(readings.map(({ response }) => response)).replaceAll('\\"', "'"),
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
  const state = stateOf(evidence);
  if (state)
    return stateAnswer(
      state,
      states.map((one) => causeOf(one, details)),
      production,
      evidence,
    );
  const firstCauses = first.map((one) => causeOf(one, details));
  const causes = [...firstCauses, ...others.map((one) => causeOf(one, details))];
  const denied = denialsIn(textsOf(causes, readings));
  const unknown = unknownCause(entries, evidence, denied);
  const status: Status = isRolledBack(evidence) ? "rolled back" : "failed";
  const shown = first.length > 0 ? causes : [unknown.cause];
  const certainty = first.length > 0 ? certaintyOf(first) : unknown.certainty;
  return {
    status,
    headline: first.length > 0 ? headlineOf(firstCauses) : unknown.cause.cause,
    certainty,
    causes: shown,
    denied,
    log: logOf(evidence),
    production,
    next: [
      ...new Set((first.length > 0 ? firstCauses : [unknown.cause]).map(({ remedy }) => remedy)),
      ...denied.map((one) => `the statement that allows it: ${statementOf(one)}`),
    ],
    notes: evidence.unread.map((one) => `not read: ${one}`),
  };
}

function stateAnswer(
  { headline, next, status }: NonNullable<ReturnType<typeof stateOf>>,
  states: readonly Cause[],
  production: readonly string[],
  evidence: Evidence,
): Answer {
  const [told] = states.filter(({ id }) => id !== "pipe-superseded" && id !== "pipe-stopped");
  const waits = told?.id === "apr-waiting" || told?.id === "pipe-transition-disabled";
  return {
    status: waits ? "waiting" : status,
    headline: told && status !== "none" ? told.cause : headline,
    certainty: "certain",
    causes: states,
    denied: [],
    production,
    next: told && status !== "none" ? [told.remedy] : next,
    notes: evidence.unread.map((one) => `not read: ${one}`),
  };
}
