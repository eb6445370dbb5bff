import { accountOf } from "../../system/arns";
import { policyKindOf } from "../read/policies";
import type { PolicyStatement } from "../read/policy-json";
import { isRole, type Request } from "../request";
import { grantsBySide, type Answer, type Grant } from "./answers";
import type { Simulate } from "./simulator";
import { partsOf, type Part } from "./parts";

/** A part of an allow statement that can be removed, and every required call is still allowed. */
export interface Excess extends Grant {
  /** As the policy has it: `Action s3:GetObject`, or `the whole statement`. */
  readonly part: string;
  readonly because: string;
}

/** The required requests that a statement allows, and those that nothing else allows. */
export interface Uses {
  readonly any: Request[];
  readonly sole: Request[];
}

/** The uses of each statement, by what allows the required calls. @param ignored Statements that may be without use. */
export function usesOf(required: readonly Answer[], ignored: (grant: Grant) => boolean = () => false) {
  const uses = new Map<PolicyStatement, Uses>();
  for (const { decision, request } of required) {
    const sides = grantsBySide(decision).map((grants) => grants.filter((grant) => !ignored(grant)));
    for (const grants of oneSideIsEnough(request) ? [sides.flat()] : sides)
      for (const { statement } of grants) {
        const own = uses.get(statement) ?? { any: [], sole: [] };
        uses.set(statement, own);
        own.any.push(request);
        if (grants.length === 1) own.sole.push(request);
      }
  }
  return (statement: PolicyStatement): Uses => uses.get(statement) ?? { any: [], sole: [] };
}

/** Within an account, either the role's policies or the resource's are enough, except for roles and keys. */
const oneSideIsEnough = ({ action, owner, principal }: Request) =>
  isRole(principal) &&
  accountOf(principal) === owner &&
  !["trust", "key"].includes(policyKindOf(action) ?? "");

/** Operators whose values each allow more requests. */
const POSITIVE = /^(ForAnyValue:)?(String|Arn)(Equals|Like)(IfExists)?$/;

/**
 * A connection's service has two names. AWS asks for the action with the name in the connection's ARN, and
 * documents that a policy has both.
 */
const OTHER_NAME = /^code(star-)?connections:UseConnection$/;

/** What can be removed from a statement: all of it, or single parts. */
export async function excessIn(grant: Grant, { any, sole }: Uses, simulate: Simulate): Promise<Excess[]> {
  const isUnused = ({ isFor }: Pick<Part, "isFor">) => !sole.some(isFor);
  const excess = ({ isFor, name }: Pick<Part, "isFor" | "name">): Excess => {
    const because = any.some(isFor) ? "other statements allow the same calls" : "no required call uses it";
    return { ...grant, part: name, because };
  };
  if (sole.length === 0) return [excess({ name: "the whole statement", isFor: () => true })];

  const parts = partsOf(grant.statement).filter(({ element, operator = "", value }) =>
    element === "Condition" ? POSITIVE.test(operator) : !element.startsWith("Not") && !OTHER_NAME.test(value),
  );
  const found = parts.filter(isUnused).map(excess);
  const used = (element: Part["element"]) =>
    parts.filter((part) => part.element === element && !isUnused(part));
  for (const action of used("Action"))
    for (const resource of used("Resource")) {
      const isFor = (request: Request) => action.isFor(request) && resource.isFor(request);
      const pair = { name: `${action.name} on ${resource.name}`, isFor };
      if (isUnused(pair) && (await applies(simulate, action.value, resource.value))) found.push(excess(pair));
    }
  return found;
}

/** Whether AWS knows an action on a resource: it knows `s3:ListBucket` on buckets, and not on objects. */
async function applies(simulate: Simulate, action: string, resource: string): Promise<boolean> {
  const accountId = "123456789012";
  const outcome = await simulate({
    request: {
      principal: `arn:aws:iam::${accountId}:role/any`,
      action,
      resource: { resource, accountId },
      contextVariables: {},
    },
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  });
  return outcome.resultType !== "error" || outcome.errors.message === "multiple.resource.types";
}
