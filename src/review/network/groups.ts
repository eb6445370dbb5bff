import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { GROUPS, openingsOf, TYPES, type Opening } from "./openings";

/** The group that a rule belongs to; undefined if the plan makes it. */
export function groupOf({ after, before, type }: Change): string | undefined {
  const id = GROUPS.includes(type) ? before.id : (before.security_group_id ?? after.security_group_id);
  return typeof id === "string" ? id : undefined;
}

/** All that a group lets through, before and after. */
export const groupOpenings = (plan: Plan, group: string | undefined) =>
  (group === undefined ? undefined : plan.once(byGroup).get(group)) ?? { before: [], after: [] };

interface Openings {
  readonly before: Opening[];
  readonly after: Opening[];
}

/**
 * The openings of a group's own attributes and of its rules. AWS reports the rules in the attributes too, so what a
 * rule had before is the rule's alone: it goes with the rule.
 */
function byGroup(plan: Plan): ReadonlyMap<string, Openings> {
  const groups = new Map<string, Openings>();
  const ofRules = new Set<string>();
  for (const change of plan.ofType(...TYPES))
    if (!GROUPS.includes(change.type))
      for (const opening of openingsOf(change, change.before)) ofRules.add(keyIn(groupOf(change), opening));
  for (const change of plan.ofType(...TYPES)) {
    const group = groupOf(change);
    if (group === undefined) continue;
    const openings = groups.get(group) ?? { before: [], after: [] };
    openings.before.push(...openingsOf(change, change.before));
    const after = openingsOf(change, change.after);
    const isGroup = GROUPS.includes(change.type);
    openings.after.push(...after.filter((one) => !isGroup || !ofRules.has(keyIn(group, one))));
    groups.set(group, openings);
  }
  return groups;
}

const keyIn = (group: string | undefined, { direction, from, peer, protocol, to }: Opening) =>
  [group, direction, protocol, from, to, peer].join(" ");

/** Whether the plan makes the group of a rule. */
export const isOfNewGroup = (plan: Plan, change: Change) =>
  change.kind === "create" &&
  groupOf(change) === undefined &&
  plan.ofType(...GROUPS).every(({ kind }) => kind !== "replace");

/** What comes to groups that end, or get a successor. */
export const fateOfGroup = (plan: Plan, group: string | undefined) =>
  plan.ofType(...GROUPS).find(({ before, ends }) => ends && before.id === group)?.kind;
