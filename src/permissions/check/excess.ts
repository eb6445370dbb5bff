import { accountOf, isRole } from "../arn";
import { listOf, type PolicyStatement } from "../read/policy-json";
import { policyKindOf } from "../read/resource-kinds";
import type { Request } from "../request";
import type { Answer } from "./answers";
import { matches } from "./candidates";
import { contextOf } from "./evaluate";
import { grantsOn, type Grant } from "./grants";
import type { Simulate } from "./simulator";
import { principalsOf } from "./wildcards";

/** A part of an allow statement that can be removed, and every required call is still allowed. */
export interface Excess extends Grant {
  /** As the policy has it: `Action s3:GetObject`, or `the whole statement`. */
  readonly part: string;
  readonly because: "no required call uses it" | "other statements allow the same calls";
}

/** The required requests of each statement. */
export interface Uses {
  /** Those that the statement allows. */
  readonly any: readonly Request[];
  /** Those that nothing but the statement allows. */
  readonly sole: readonly Request[];
}

/** The uses of each statement, by the required calls and what allows them. */
export function usesOf(required: readonly Answer[]): (statement: PolicyStatement) => Uses {
  const uses = new Map<PolicyStatement, { any: Request[]; sole: Request[] }>();
  for (const { decision, request } of required) {
    const sides = [grantsOn(decision, "identity"), grantsOn(decision, "resource")];
    const needed = oneSideIsEnough(request) ? [sides.flat()] : sides;
    for (const grants of needed)
      for (const { statement } of grants) {
        const own = uses.get(statement) ?? { any: [], sole: [] };
        uses.set(statement, own);
        own.any.push(request);
        if (grants.length === 1) own.sole.push(request);
      }
  }
  return (statement) => uses.get(statement) ?? { any: [], sole: [] };
}

/** Within an account, the role's policies or the resource's policy are enough, but not for a role or a key. */
const oneSideIsEnough = ({ action, owner, principal }: Request) =>
  isRole(principal) &&
  accountOf(principal) === owner &&
  !["trust", "key"].includes(policyKindOf(action) ?? "");

/** A value of a statement, and whether it matches a request. */
interface Part {
  readonly part: string;
  readonly matches: (request: Request) => boolean;
}

/** What can be removed from a statement. Of the whole statement, not each part too. */
export async function excessIn(grant: Grant, { any, sole }: Uses, simulate: Simulate): Promise<Excess[]> {
  const excess = ({ matches: isFor, part }: Part): Excess => {
    const because = any.some(isFor) ? "other statements allow the same calls" : "no required call uses it";
    return { ...grant, part, because };
  };
  const isUnused = (part: Part) => !sole.some(part.matches);
  const whole: Part = { part: "the whole statement", matches: () => true };
  if (isUnused(whole)) return [excess(whole)];

  const { statement } = grant;
  const actions = partsOf("Action", statement, ({ action }) => action).filter(needsUse);
  const resources = partsOf("Resource", statement, ({ resource }) => resource);
  const single = [...actions, ...resources, ...principalParts(statement), ...conditionParts(statement)];
  const unused = single.filter(isUnused);
  const rest = (parts: readonly Part[]) => parts.filter((part) => !unused.includes(part));
  const pairs = rest(actions).flatMap((action) => rest(resources).map((resource) => ({ action, resource })));
  for (const { action, resource } of pairs) {
    const pair: Part = {
      part: `${action.part} on ${resource.part}`,
      matches: (request) => action.matches(request) && resource.matches(request),
    };
    if (isUnused(pair) && (await applies(simulate, action.part, resource.part))) unused.push(pair);
  }
  return unused.map(excess);
}

const partsOf = (
  element: "Action" | "Resource",
  statement: PolicyStatement,
  valueOf: (request: Request) => string,
): Part[] =>
  listOf(statement[element]).map((pattern) => ({
    part: `${element} ${pattern}`,
    matches: (request) => matches(pattern, valueOf(request)),
  }));

/**
 * A connection's service has two names. AWS asks for the action with the name in the connection's ARN, and
 * documents that a policy has both.
 */
const needsUse = ({ part }: Part) => !/^Action code(star-)?connections:UseConnection$/.test(part);

const principalParts = (statement: PolicyStatement): Part[] =>
  principalsOf(statement).map((value) => ({
    part: `Principal ${value}`,
    matches: ({ principal }) =>
      value === accountOf(principal) ||
      value === `arn:aws:iam::${accountOf(principal)}:root` ||
      matches(value, principal),
  }));

/** Operators whose values each allow more requests. */
const POSITIVE = /^(ForAnyValue:)?(String|Arn)(Equals|Like)(IfExists)?$/;

const conditionParts = ({ Condition = {} }: PolicyStatement): Part[] =>
  Object.entries(Condition)
    .filter(([operator]) => POSITIVE.test(operator))
    .flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, values]) =>
        listOf(values).map((value) => ({
          part: `Condition ${operator} ${key} ${value}`,
          matches: (request: Request) => listOf(contextOf(request)[key]).some((sent) => matches(value, sent)),
        })),
      ),
    );

/** Whether AWS knows an action on a resource: it knows `s3:ListBucket` on buckets, and not on objects. */
async function applies(simulate: Simulate, actionPart: string, resourcePart: string): Promise<boolean> {
  const [action = "", resource = ""] = [actionPart, resourcePart].map((part) => part.replace(/^\w+ /, ""));
  const outcome = await simulate({
    request: {
      principal: "arn:aws:iam::123456789012:role/any",
      action,
      resource: { resource, accountId: "123456789012" },
      contextVariables: {},
    },
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  });
  return outcome.resultType !== "error" || outcome.errors.message === "multiple.resource.types";
}
