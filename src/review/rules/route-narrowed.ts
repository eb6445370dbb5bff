import type { Change } from "../plan/change";
import { blocksOf, isRecord, textsOf } from "../plan/values";
import { covers } from "../policy/pattern";
import type { Rule } from "./rule";

export const routeNarrowed: Rule = {
  name: "route-narrowed",
  finds: "a listener rule changes the hosts, paths or other conditions that it matches, or its priority",
  fact: "Requests that no rule matches get the listener's default action. The first rule in the order of priorities wins.",
  see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html",
  judge(change) {
    const { changed, kind, type } = change;
    if (!/^aws_a?lb_listener_rule$/.test(type) || kind !== "update") return undefined;
    const judged = changed.filter((key) => key === "condition" || key === "priority");
    if (judged.length === 0) return undefined;
    if (judged.some((key) => change.isUnknown(key)))
      return { verdict: "look", why: "the new condition is known only at apply", judged };
    return losesRequests(change)
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

function losesRequests({ after, before }: Change): boolean {
  const [old, next] = [valuesByKind(before.condition), valuesByKind(after.condition)];
  return [...next].some(([kind, values]) => {
    const had = old.get(kind);
    return had === undefined || had.some((value) => !values.some((one) => covers(one, value)));
  });
}
