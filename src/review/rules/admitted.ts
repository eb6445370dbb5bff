import { groupOf, groupOpenings, isOfNewGroup } from "../network/groups";
import {
  admits,
  GROUPS,
  hasOpenings,
  isCidr,
  isEverybody,
  OPENING_ATTRIBUTES,
  openingsOf,
  showOpening,
} from "../network/openings";
import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import type { Finding, Rule } from "./rule";

export const admitted: Rule = {
  name: "addresses-admitted",
  finds: "a security group admits more addresses or ports",
  fact: "Rules of a group add up: one created rule opens the group, whatever the others say. An opened listener shows as one create and some deletes.",
  see: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  judge(change, plan) {
    if (!hasOpenings(change) || !["create", "update", "replace"].includes(change.kind)) return undefined;
    const judged = change.changed.filter((key) => OPENING_ATTRIBUTES.includes(key));
    if (change.kind === "update" && judged.length === 0) return undefined;
    return { ...finding(change, plan), judged };
  },
};

function finding(change: Change, plan: Plan): Finding {
  const { after, kind } = change;
  if (kind === "update" && OPENING_ATTRIBUTES.some((key) => change.isUnknown(key)))
    return { verdict: "look", why: "what the rule lets through is known only at apply" };
  const { before } = groupOpenings(plan, groupOf(change));
  const opened = openingsOf(change, after);
  const isPeerLate = opened.length === 0 && OPENING_ATTRIBUTES.some((key) => change.isUnknown(key));
  if (isPeerLate && kind !== "update" && !GROUPS.includes(change.type) && !isOfNewGroup(plan, change))
    return { verdict: "look", why: "whom the rule admits is known only at apply" };
  const gained = opened.filter((opening) => !before.some((old) => admits(old, opening)));
  const details = gained.map((opening) => `${opening.direction} ${showOpening(opening)}`);
  if (gained.length === 0) return { verdict: "safe", why: "lets through no more than before" };
  const inward = gained.filter(({ direction }) => direction === "ingress");
  if (isOfNewGroup(plan, change) || (change.type.endsWith("security_group") && kind === "create"))
    return inward.some(isEverybody)
      ? { verdict: "look", why: "a new group is open to everybody", details }
      : { verdict: "safe", why: "rules of a new group", details };
  const morePorts = inward.some(({ peer }) =>
    before.some((old) => old.direction === "ingress" && old.peer === peer),
  );
  if (inward.some(isEverybody)) return { verdict: "dangerous", why: "admits everybody", details };
  if (inward.some(isCidr)) return { verdict: "dangerous", why: "admits more addresses or ports", details };
  if (morePorts) return { verdict: "dangerous", why: "admits more ports", details };
  const why = inward.length > 0 ? "admits members of another group" : "lets connections out to more";
  return { verdict: "look", why, details };
}
