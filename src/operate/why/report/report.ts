import type { Answer, Cause } from "../judge/answer";

const MAX_TEXT = 600;

const short = (text: string) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];

const evidenceLines = (causes: readonly Cause[]) => {
  const all = causes.flatMap(({ evidence }) => evidence);
  const once = [...new Map(all.map((one) => [`${one.api} ${one.field} ${one.text}`, one])).values()];
  return once.flatMap(({ api, field, text }) => [`${api} ${field}`, `  ${short(text)}`]);
};

/** The text of an answer: the cause first. @param subject What is asked about. */
export function answerText(answer: Answer, subject: string): string {
  const { also, causes, certainty, denied, headline, log, next, notes, production, status } = answer;
  const [first] = causes;
  const unsure = certainty === "one of several" || certainty === "unknown" || certainty === "likely";
  return [
    headline,
    `${status}: ${subject}${status === "failed" || status === "rolled back" ? `; cause: ${certainty}` : ""}`,
    ...section("Possible:", first?.possible ?? []),
    ...section("What AWS says:", evidenceLines([...causes, ...also])),
    ...section(
      "Denied:",
      denied.map(
        ({ action, because, principal, resource = "(no resource was given)" }) =>
          `${principal} may not call ${action} on ${resource}${because === undefined ? "" : `: ${because}`}`,
      ),
    ),
    ...section(log ? `The end of ${log.group} ${log.stream}:` : "", log?.lines ?? []),
    ...section("Production:", production),
    ...section("What to do:", next),
    ...section(
      "To tell the causes apart:",
      unsure ? [...new Set(causes.flatMap(({ confirm }) => confirm))] : [],
    ),
    ...section("Take care:", [...new Set(causes.flatMap(({ misleading }) => misleading ?? []))]),
    ...section("Notes:", notes),
  ].join("\n");
}
