import type { Change } from "./plan/change";
import type { Plan } from "./plan/plan";
import { lateAttributes } from "./plan/stub";
import type { ChangeReview, Review, StackReview } from "./result";
import { rules } from "./rules";
import { harmless } from "./rules/harmless";
import { unjudged } from "./rules/other";
import { VERDICTS, type Finding, type Rule, type Verdict } from "./rules/rule";

type Judgement = readonly [rule: Rule, finding: Finding];

const severity = (verdict: Verdict) => VERDICTS.indexOf(verdict);

const ORDER = new Map(rules.map(({ name }, index) => [name, index]));
const rank = (rule: string) => ORDER.get(rule) ?? rules.length;

/** Reviews plans: the worst change of a stack is its verdict, and the worst stack is the review's. */
export function judge(plans: readonly Plan[]): Review {
  const stacks = plans.map(judgePlan);
  return { verdict: worst(stacks), stacks };
}

function judgePlan(plan: Plan): StackReview {
  const all = [...plan.resources, ...plan.outputs, ...plan.drift];
  const changes = all.flatMap((change) => judgeChange(change, plan) ?? []).sort(bySeverity);
  const { name, restsOn, stubbed } = plan;
  return { name, verdict: worst(changes), stubbed, restsOn: [...restsOn], changes };
}

const bySeverity = (one: ChangeReview, other: ChangeReview) =>
  severity(other.verdict) - severity(one.verdict) ||
  rank(one.rule) - rank(other.rule) ||
  (one.address < other.address ? -1 : one.address > other.address ? 1 : 0);

function worst(judged: readonly { readonly verdict: Verdict }[]): StackReview["verdict"] {
  const has = (verdict: Verdict) => judged.some((one) => one.verdict === verdict);
  return has("dangerous") ? "dangerous" : has("look") ? "look" : "safe";
}

function judgeChange(change: Change, plan: Plan): ChangeReview | undefined {
  if (change.kind === "no-op" && !change.importing) return undefined;
  const judgements = judgementsOf(change, plan).sort(
    ([, one], [, other]) => severity(other.verdict) - severity(one.verdict),
  );
  const [first, ...others] = judgements;
  if (!first) return undefined;
  const [rule, { verdict, why }] = first;
  // What another rule finds as severe must not be hidden.
  const also = others.filter(
    ([, finding]) => finding.verdict === verdict && severity(verdict) >= severity("look"),
  );
  const { actions, address, kind, type } = change;
  return {
    ...{ address, type, actions: [...actions], drift: kind === "drift", verdict, rule: rule.name, why },
    details: [
      ...lateAttributes(change),
      ...detailsOf(first[1], change),
      ...also.flatMap(([other, one]) => [`${other.name}: ${one.why}`, ...detailsOf(one, change)]),
    ],
  };
}

/** Details come from the attributes that a rule judged, so none is shown if one of these is sensitive. */
function detailsOf({ details = [], judged }: Finding, change: Change): readonly string[] {
  const secret = (judged ?? change.changed).filter((key) => change.isSensitive(key));
  if (details.length === 0 || secret.length === 0) return details;
  return [`the plan marks ${secret.join(", ")} as sensitive: its values are not shown`];
}

function judgementsOf(change: Change, plan: Plan): Judgement[] {
  const judgements = rules.flatMap((rule) =>
    [rule.judge(change, plan) ?? []].flat().map((finding): Judgement => [rule, finding]),
  );
  const judged = judgements.flatMap(([, finding]) => finding.judged ?? []);
  if (change.kind !== "update" && judgements.length > 0) return judgements;
  judgements.push(...unjudged(change, judged));
  // Terraform updates a resource whose values only became sensitive.
  return judgements.length > 0 ? judgements : [[harmless, { verdict: "safe", why: "no value changes" }]];
}
