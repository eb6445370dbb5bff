import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { blocksOf, isRecord, isSame, textsOf } from "../plan/values";
import { covers } from "../policy/pattern";
import type { Rule } from "./rule";

export const routeNarrowed: Rule = {
  name: "route-narrowed",
  finds:
    "a listener rule changes the hosts, paths or other conditions that it matches, or its priority, or a new one takes its requests",
  fact: "Requests that no rule matches get the listener's default action. The first rule in the order of priorities wins.",
  see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
  judge(change, plan) {
    const { changed, kind, type } = change;
    if (!/^aws_a?lb_listener_rule$/.test(type)) return undefined;
    const robbed = kind === "create" ? robbedBy(change, plan) : undefined;
    if (robbed)
      return { verdict: "dangerous", why: `takes all requests of ${robbed.address}, which comes later` };
    if (kind !== "update") return undefined;
    const judged = changed.filter((key) => key === "condition" || key === "priority");
    if (judged.length === 0) return undefined;
    if (judged.some((key) => change.isUnknown(key)))
      return { verdict: "look", why: "the new condition is known only at apply", judged };
    return losesRequests(change.before.condition, change.after.condition)
      ? { verdict: "dangerous", why: "requests that it matched get another answer", judged }
      : { verdict: "look", why: "it matches more requests, or in another order", judged };
  },
};

/** The values by kind of condition: all kinds must match, and of each kind one value. */
function valuesByKind(conditions: unknown): ReadonlyMap<string, readonly string[]> {
  const pairs = blocksOf(conditions).flatMap((condition) =>
    Object.entries(condition).flatMap(([kind, blocks]) =>
      blocksOf(blocks).map((block) => [kind, textsOf(isRecord(block) ? block.values : [])] as const),
    ),
  );
  return new Map(pairs);
}

/** The existing rule of the same listener that a new rule leaves no requests, and that forwards to other groups. */
const robbedBy = ({ after, type }: Change, plan: Plan) =>
  plan
    .ofType(type)
    .find(
      ({ before, ends }) =>
        !ends &&
        before.listener_arn === after.listener_arn &&
        Number(before.priority) > Number(after.priority) &&
        !isSame(before.action, after.action) &&
        blocksOf(before.action).some(({ type: action }) => action === "forward") &&
        [...valuesByKind(after.condition).keys()].every((kind) => KNOWN.includes(kind)) &&
        !losesRequests(before.condition, after.condition),
    );

/** Kinds of conditions whose values alone decide. */
const KNOWN = ["host_header", "path_pattern"];

function losesRequests(before: unknown, after: unknown): boolean {
  const [old, next] = [valuesByKind(before), valuesByKind(after)];
  return [...next].some(([kind, values]) => {
    const had = old.get(kind);
    return had === undefined || had.some((value) => !values.some((one) => covers(one, value)));
  });
}
