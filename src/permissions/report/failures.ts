import { analyzed, grantName, grantsOf, isAllowed, SIDES } from "../check/answers";
import type { Answer, Answered, AnsweredSection, Grant } from "../check/answers";
import type { OtherDenyStatement } from "../check/deny-statements";
import type { Excess } from "../check/excess";
import { groupBy } from "../../group-by";
import { policyKindOf, policyName, type Policy } from "../read/policies";
import { listOf, type PolicyStatement } from "../read/policy-json";
import type { ForbiddenCall, RequiredCall } from "../request";
import { conditionsOf, lackingSides, sideName, statementFor, whyNot } from "./advice";

/** One cause for which a system is not proven, with every request that fails because of it. */
export interface Failure {
  /** The delivery, the environment or the state. */
  readonly section: string;
  /** What is not possible, or what would happen. */
  readonly what: string;
  /** ARNs of roles, or names of services. */
  readonly roles: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The account of the resources. */
  readonly account: string;
  /** Reasons: the policy that lacks a permission, the statement that nearly or wrongly allows it. */
  readonly because: readonly string[];
  /** The statements that are missing, and the policies to add them to. */
  readonly add: readonly { readonly to: string; readonly statement: PolicyStatement }[];
}

/** What a failure is about, with a title for each. */
export const factsIn = ({ account, actions, resources, roles }: Failure) =>
  Object.entries({ role: roles, action: actions, resource: resources, account: [account] });

/** Every call of a section with the wrong result, by its cause. */
export const callFailures = ({ guards, stages, title }: AnsweredSection, policies: readonly Policy[]) =>
  mergedByCause([
    ...stages.flatMap(({ calls }) => calls.flatMap((call) => missing(call, title, policies))),
    ...guards.flatMap((guard) => tooMuch(guard, title)),
  ]);

const factsOf = ({ request: { action, owner, principal, resource } }: Answer, section: string) => {
  return { section, roles: [principal], actions: [action], resources: [resource], account: owner };
};

function missing({ answers, call }: Answered<RequiredCall>, section: string, policies: readonly Policy[]) {
  const failing = answers.filter(({ decision }) => !isAllowed(decision));
  return failing.map((answer): Failure => {
    const sides = lackingSides(answer);
    const denied = SIDES.flatMap((side) => analyzed(answer.decision, side, "denyStatements")).map(
      ({ explain, grant }) => `denied by ${grantName(grant)}${conditionsOf(explain, true)}`,
    );
    return {
      ...factsOf(answer, section),
      what: `cannot ${call.purpose}`,
      because: [...denied, ...sides.flatMap((side) => whyNot(answer, side, policies))],
      add: sides.map((side) => {
        return { to: sideName(answer, side), statement: statementFor(answer.request, side, call.purpose) };
      }),
    };
  });
}

function tooMuch({ answers, call: { deniedBy, reason } }: Answered<ForbiddenCall>, section: string) {
  const allowed = answers.filter(({ decision }) => isAllowed(decision));
  return allowed.map((answer): Failure => {
    const facts = { ...factsOf(answer, section), what: reason };
    const allowing = grantsOf(answer.decision).map((grant) => `allowed by ${grantName(grant)}`);
    const kind = policyKindOf(answer.request.action);
    if (!deniedBy || !kind) return { ...facts, because: allowing, add: [] };
    const to = sideName(answer, kind);
    return { ...facts, because: [`${to} does not deny it`], add: [{ to, statement: deniedBy }] };
  });
}

/** Joins the failures that the same change fixes: a missing statement is reported once, and not for each action. */
function mergedByCause(failures: readonly Failure[]): Failure[] {
  const withParts = (add: Failure["add"], parts: Pick<PolicyStatement, "Action" | "Sid">) =>
    add.map(({ statement, to }) => {
      return { to, statement: statement.Effect === "Allow" ? { ...statement, ...parts } : statement };
    });
  const causeOf = ({ account, add, because, section }: Failure) =>
    JSON.stringify([section, account, because, withParts(add, { Action: "", Sid: "" })]);
  return [...groupBy(failures, causeOf).values()].flatMap((own) => {
    const union = (key: "roles" | "actions" | "resources") => [...new Set(own.flatMap((one) => one[key]))];
    const actions = union("actions");
    const add = withParts(own[0]?.add ?? [], { Action: actions.length === 1 ? actions[0] : actions });
    const what = [...new Set(own.map((one) => one.what))].join("; ");
    const merged = { what, roles: union("roles"), actions, resources: union("resources"), add };
    return own.slice(0, 1).map((failure) => ({ ...failure, ...merged }));
  });
}

/** What statements allow without need, one failure a statement. */
export const excessFailures = (excess: readonly Excess[]): Failure[] =>
  [...groupBy(excess, ({ statement }) => statement).values()].flatMap((own) =>
    own.slice(0, 1).map((grant) => ({
      ...statementFacts(grant),
      what: "a statement allows what no required call needs: remove it, or add the call to src/permissions/calls",
      because: own.map((one) => `${one.part} of ${grantName(one)}: ${one.because}`),
      add: [],
    })),
  );

/** Deny statements that are not as the guards state them. */
export const denyFailures = (found: readonly OtherDenyStatement[]): Failure[] =>
  found.map(({ expected, ...grant }) => ({
    ...statementFacts(grant),
    what: "a deny statement may deny too little, or too much",
    because: [`${grantName(grant)} is not exactly a deny statement of src/permissions/guards`],
    add: expected ? [{ to: policyName(grant.policy), statement: expected }] : [],
  }));

function statementFacts({ policy: { account, holder }, statement: { Action, Resource } }: Grant) {
  const [actions, resources] = [listOf(Action), listOf(Resource)];
  return { section: "every delivery", roles: [holder], actions, resources, account };
}
