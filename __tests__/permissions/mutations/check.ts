import {
  answerer,
  isAllowed,
  requiredIn,
  type Answer,
  type AnsweredSection,
} from "../../../src/permissions/check/answers";
import { otherDenyStatements } from "../../../src/permissions/check/deny-statements";
import { evaluate, type Decision } from "../../../src/permissions/check/evaluate";
import { excessIn } from "../../../src/permissions/check/excess";
import { partsOf } from "../../../src/permissions/check/parts";
import { loadSimulator, type Simulate } from "../../../src/permissions/check/simulator";
import { wildcardsIn } from "../../../src/permissions/check/wildcards";
import { policyList, type Policies, type Policy } from "../../../src/permissions/read/policies";
import type { PolicyStatement } from "../../../src/permissions/read/policy-json";
import { policiesOfStacks } from "../../../src/permissions/read/synthesis";
import type { ForbiddenCall, Request } from "../../../src/permissions/request";
import { sectionsOf, type Section } from "../../../src/permissions/sections";
import { systemOf, type System } from "../../../src/system/system";
import type { Config } from "../../../src/config/schema";
import { synthApp } from "../../support/synth-app";
import type { Mutant } from "./mutants";

/** Policies, with the answer to every call. */
export interface Checked {
  readonly policies: readonly Policy[];
  readonly sections: readonly AnsweredSection[];
  readonly required: readonly Answer[];
  readonly forbidden: readonly (Answer & { readonly call: ForbiddenCall })[];
  readonly simulate: Simulate;
  /** The required calls of which a policy is among those that decide, and the forbidden ones. */
  readonly decidedBy: (policy: Policy) => Pick<Checked, "required" | "forbidden">;
}

/** Answers every call of a configuration's system, as it is synthesized. */
export function checkConfig(config: Config): Promise<Checked> {
  const policies = policiesOfStacks(synthApp(config));
  return check(policies, sectionsOf(systemOf(config), policies));
}

/** Answers the guards alone, which takes half the time. */
export const checkGuards = (system: System, given: Policies) =>
  check(
    given,
    sectionsOf(system, given).map((section) => ({ ...section, stages: [] })),
  );

async function check(given: Policies, asked: readonly Section[]): Promise<Checked> {
  const simulate = await loadSimulator();
  const policies = policyList(given);
  const answer = answerer(policies, simulate);
  const sections: AnsweredSection[] = [];
  for (const section of asked) sections.push(await answer(section));
  const required = requiredIn(sections).flatMap(({ answers }) => answers);
  const forbidden = sections.flatMap(({ guards }) =>
    guards.flatMap(({ answers, call }) => answers.map((one) => ({ ...one, call }))),
  );
  const decidedBy = (policy: Policy) => ({
    required: required.filter(({ decision }) => involves(decision, policy)),
    forbidden: forbidden.filter(({ decision }) => involves(decision, policy)),
  });
  return { policies, sections, required, forbidden, decidedBy: memoized(decidedBy), simulate };
}

/** A function of an object that is called once for each. */
function memoized<Given extends object, Result>(of: (given: Given) => Result): (given: Given) => Result {
  const known = new Map<Given, Result>();
  return (given) => {
    const result = known.get(given) ?? of(given);
    known.set(given, result);
    return result;
  };
}

/** Calls without the answer that they must have. */
export const wrongAnswers = ({ forbidden, required }: Checked): Request[] =>
  [
    ...required.filter(({ decision }) => !isAllowed(decision)),
    ...forbidden.filter(({ decision }) => isAllowed(decision)),
  ].map(({ request }) => request);

/** Whether a policy is among those that decide. */
const involves = ({ applicable: { identity, resource } }: Decision, policy: Policy) =>
  resource === policy || identity.includes(policy);

/** Whether a call has another answer with the changed policy. */
export async function changes(
  { decision, request }: Answer,
  { original, policy }: Mutant<Policy>,
  simulate: Simulate,
) {
  const { identity, resource } = decision.applicable;
  const replace = (one: Policy) => (one === original ? policy : one);
  const applicable = { identity: identity.map(replace), resource: resource && replace(resource) };
  return isAllowed(await evaluate(request, applicable, simulate)) !== isAllowed(decision);
}

/** Whether a statement's actions and resources match a request. */
export function coverage(statement: PolicyStatement): (request: Request) => boolean {
  const parts = partsOf(statement);
  const [actions, resources] = ["Action", "Resource"].map((element) =>
    parts.filter((part) => part.element === element),
  );
  return (request) =>
    [actions, resources].every(
      (values = []) => values.length === 0 || values.some((part) => part.isFor(request)),
    );
}

/**
 * Whether the changed policy has a statement in excess, a wildcard without a reason or another deny statement.
 * Its uses are all that it might have, so this finds no more than the proof does.
 */
export async function hasExcess({ changed, original, policy }: Mutant<Policy>, checked: Checked) {
  const { decidedBy, sections, simulate } = checked;
  if (changed === undefined) return false;
  if (changed.Effect === "Deny")
    return otherDenyStatements([policy], sectionsWith(sections, original, policy)).length > 0;
  const grant = { policy, index: policy.document.Statement.indexOf(changed), statement: changed };
  const requests = decidedBy(original).required.map(({ request }) => request);
  const uses = requests.filter(coverage(changed));
  const unreasoned = wildcardsIn(grant, uses).filter(({ reason }) => reason === undefined);
  if (unreasoned.length > 0) return true;
  return (await excessIn(grant, { any: uses, sole: uses }, simulate)).length > 0;
}

/** The guards of a policy, as if they had been answered by another. */
const sectionsWith = (sections: readonly AnsweredSection[], original: Policy, policy: Policy) =>
  sections.map((section) => ({
    ...section,
    guards: section.guards.map((guard) => ({
      ...guard,
      answers: guard.answers.map(({ decision, request }) => ({
        request,
        decision:
          decision.applicable.resource === original
            ? { ...decision, applicable: { ...decision.applicable, resource: policy } }
            : decision,
      })),
    })),
  }));
