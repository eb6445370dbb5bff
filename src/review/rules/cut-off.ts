import { fateOfGroup, groupOf, groupOpenings } from "../network/groups";
import {
  admits,
  hasOpenings,
  isCidr,
  isEverybody,
  OPENING_ATTRIBUTES,
  openingsOf,
  overlaps,
  showOpening,
  type Opening,
} from "../network/openings";
import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { isSame } from "../plan/values";
import type { Finding, Rule } from "./rule";

export const cutOff: Rule = {
  name: "connections-cut",
  finds: "a rule of a security group goes, or moves to other ports or addresses",
  fact: "A rule changes in place and at once: running tasks are cut off, although nothing is replaced.",
  see: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-connection-tracking.html",
  judge(change, plan) {
    if (!hasOpenings(change) || !(change.stays || change.kind === "delete")) return undefined;
    const judged = change.changed.filter((key) => OPENING_ATTRIBUTES.includes(key));
    const isGroup = change.type.endsWith("security_group");
    if (
      isGroup
        ? change.kind !== "update" || judged.length === 0
        : change.kind === "update" && judged.length === 0
    )
      return undefined;
    return { ...finding(change, plan), judged };
  },
};

function finding(change: Change, plan: Plan): Finding {
  const fate = fateOfGroup(plan, groupOf(change));
  if (fate === "delete") return { verdict: "safe", why: "goes with its group" };
  if (fate === "replace") return { verdict: "look", why: "the successor of its group gets a new rule" };
  if (OPENING_ATTRIBUTES.some((key) => change.kind === "update" && change.isUnknown(key)))
    return { verdict: "look", why: "what the rule lets through is known only at apply" };
  const { after } = groupOpenings(plan, groupOf(change));
  const lost = openingsOf(change, change.before).filter((old) => !after.some((one) => admits(one, old)));
  if (change.kind === "delete" && lost.length === 0 && isMadeAgain(change, plan))
    return {
      verdict: "look",
      why: "a new rule lets the same through; AWS refuses it while the old one exists: use a moved block",
    };
  if (lost.length === 0) return { verdict: "safe", why: "all that it let through stays open" };
  const details = lost.map((opening) => `no longer: ${opening.direction} ${showOpening(opening)}`);
  const cut = lost.filter((old) => isBroad(old) && !after.some((one) => overlaps(one, old)));
  return cut.length > 0
    ? { verdict: "dangerous", why: "cuts connections that are in use", details }
    : { verdict: "look", why: "lets through less than before", details };
}

/** Whether the plan makes the same rule at another address. Terraform orders neither before the other. */
const isMadeAgain = (change: Change, plan: Plan) =>
  plan
    .ofType(change.type)
    .some(
      (other) =>
        other.kind === "create" &&
        groupOf(other) === groupOf(change) &&
        isSame(openingsOf(other, other.after), openingsOf(change, change.before)),
    );

/** Everybody, or the members of a group: what a service talks to. */
const isBroad = (opening: Opening) => isEverybody(opening) || !isCidr(opening);
