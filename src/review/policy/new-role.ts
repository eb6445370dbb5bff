import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { at, textsIn } from "../plan/values";
import type { Atom } from "./statement";

const textAt = (values: Change["after"], key: string) => [...textsIn(at(values, key))].join("");

/** Paths and names of the roles that a plan creates, as their ARNs end. */
const createdRoles = ({ resources }: Plan): ReadonlySet<string> =>
  new Set(
    resources
      .filter(({ kind, type }) => type === "aws_iam_role" && kind === "create")
      .map(({ after }) => `role${textAt(after, "path") || "/"}${textAt(after, "name")}`),
  );

const roles = (plan: Plan) => plan.once(createdRoles);

/**
 * Whether an atom lets somebody pass one role that the plan itself creates, and to named services only: nobody
 * gains a right on something that exists.
 */
export const passesNewRole = ({ action, conditions, resource }: Atom, plan: Plan): boolean =>
  action === "iam:passrole" &&
  conditions.some(({ key, operator }) => key === "iam:passedtoservice" && operator === "StringEquals") &&
  roles(plan).has(resource.split(":").slice(5).join(":"));
