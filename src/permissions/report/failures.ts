import { isAllowed, type Answer, type Answered, type AnsweredSection } from "../check/answers";
import type { OtherDenyStatement } from "../check/deny-statements";
import type { Excess } from "../check/excess";
import { denialsOf, grantName, grantsOf, type Grant } from "../check/grants";
import type { Wildcard } from "../check/wildcards";
import { groupBy } from "../group-by";
import { policyName, type Policy } from "../read/policies";
import { listOf } from "../read/policy-json";
import { policyKindOf } from "../read/resource-kinds";
import type { ForbiddenCall, Request, RequiredCall } from "../request";
import { conditionsOf, lackingSides, nameOfSide, whyNot } from "./explain";
import { mergeByCause, type Failure } from "./failure";
import { statementFor } from "./statement-for";

/** Every call of a section with the wrong result, by its cause. */
export const callFailures = (
  { guards, stages, title }: AnsweredSection,
  policies: readonly Policy[],
): Failure[] =>
  mergeByCause([
    ...stages.flatMap(({ calls }) => calls.flatMap((call) => missing(call, title, policies))),
    ...guards.flatMap((guard) => tooMuch(guard, title)),
  ]);

const factsOf = ({ action, owner, principal, resource }: Request, section: string) => ({
  section,
  roles: [principal],
  actions: [action],
  resources: [resource],
  account: owner,
});

function missing({ answers, call }: Answered<RequiredCall>, section: string, policies: readonly Policy[]) {
  const failing = answers.filter(({ decision }) => !isAllowed(decision));
  return failing.map((answer): Failure => {
    const sides = lackingSides(answer);
    const denied = denialsOf(answer.decision).map(
      ({ explain, grant }) => `denied by ${grantName(grant)}${conditionsOf(explain, true)}`,
    );
    return {
      ...factsOf(answer.request, section),
      what: `cannot ${call.purpose}`,
      because: [...denied, ...sides.flatMap((side) => whyNot(answer, side, policies))],
      add: sides.map((side) => ({
        to: nameOfSide(answer, side),
        statement: statementFor(answer.request, side, call.purpose),
      })),
    };
  });
}

function tooMuch({ answers, call }: Answered<ForbiddenCall>, section: string): Failure[] {
  return answers
    .filter(({ decision }) => isAllowed(decision))
    .map((answer) => ({
      ...factsOf(answer.request, section),
      what: call.reason,
      because: grantsOf(answer.decision).map((grant) => `allowed by ${grantName(grant)}`),
      ...missingDeny(answer, call),
    }));
}

/** For a call that only a deny statement can deny: the statement, and the policy to add it to. */
function missingDeny(answer: Answer, { deniedBy: statement }: ForbiddenCall) {
  const kind = policyKindOf(answer.request.action);
  if (!statement || !kind) return { add: [] };
  const to = nameOfSide(answer, kind);
  return { because: [`${to} does not deny it`], add: [{ to, statement }] };
}

/** What statements allow without need, one failure a statement. */
export function excessFailures(excess: readonly Excess[], wildcards: readonly Wildcard[]): Failure[] {
  const found = [
    ...excess.map((one) => ({ ...one, because: `${one.part} of ${grantName(one)}: ${one.because}` })),
    ...wildcards.flatMap((one) =>
      one.reason === undefined
        ? [{ ...one, because: `${one.part} of ${grantName(one)}: AWS does not require this wildcard` }]
        : [],
    ),
  ];
  return [...groupBy(found, ({ statement }) => statement).values()].flatMap((own) =>
    own.slice(0, 1).map((grant) => ({
      ...wholeStatement(grant),
      what: "a statement allows what no delivery needs: remove it, or add the call that needs it to src/permissions/calls",
      because: own.map(({ because }) => because),
      add: [],
    })),
  );
}

/** Deny statements that are not as the guards state them. */
export const denyFailures = (found: readonly OtherDenyStatement[]): Failure[] =>
  found.map(({ expected, ...grant }) => ({
    ...wholeStatement(grant),
    what: "a deny statement may deny too little, or too much",
    because: [`${grantName(grant)} is not exactly a deny statement of src/permissions/guards`],
    add: expected ? [{ to: policyName(grant.policy), statement: expected }] : [],
  }));

const wholeStatement = ({ policy, statement }: Grant) => ({
  section: "every delivery",
  roles: [policy.holder],
  actions: listOf(statement.Action),
  resources: listOf(statement.Resource),
  account: policy.account,
});
