import { guardOf, nameOf, type Policy } from "../evidence/policy";
import { listOf } from "../evidence/policy-json";
import { denyingOf, grantsOf, pathOf, type Grant } from "../grants";
import { isAllowed, type Answered, type Call, type Proof } from "../proof";
import type { Denial, Hop, Request } from "../request";
import { looseDenials } from "../wildcards/loose-denials";
import type { Wildcard } from "../wildcards/wildcards";
import { merged, type Failure } from "./failure";
import { statementFor } from "./statement-for";
import { conditionsOf, lackingSides, policyName, whyNot } from "./why-not";

/** Every call that got another answer than it must get, by its cause. */
export function failuresOf({ policies, sections }: Proof): Failure[] {
  return sections.flatMap(({ denials, stages, title }) =>
    merged([
      ...stages.flatMap(({ hops }) => hops.flatMap((hop) => missing(hop, title, policies))),
      ...denials.flatMap((denial) => tooMuch(denial, title)),
    ]),
  );
}

const common = ({ action, owner, principal, resource }: Request, section: string) => ({
  section,
  roles: [principal],
  actions: [action],
  resources: [resource],
  account: owner,
});

function tooMuch({ calls, row }: Answered<Denial>, section: string): Failure[] {
  return calls
    .filter(({ decision }) => isAllowed(decision))
    .map((call) => ({
      ...common(call.request, section),
      what: row.reason,
      because: grantsOf(call.decision).map((grant) => `allowed by ${pathOf(grant)}`),
      ...missingDenial(call, row),
    }));
}

/** Of a call that only a statement can refuse: where that belongs. */
function missingDenial(call: Call, { refusedBy: statement }: Denial) {
  const kind = guardOf(call.request.action);
  if (!statement || !kind) return { add: [] };
  const to = policyName(call, { kind });
  return { because: [`${to} does not deny it`], add: [{ to, statement }] };
}

function missing({ calls, row }: Answered<Hop>, section: string, policies: readonly Policy[]): Failure[] {
  return calls
    .filter(({ decision }) => !isAllowed(decision))
    .map((call) => {
      const sides = lackingSides(call);
      const denied = denyingOf(call.decision).map(
        ({ explain, grant }) => `denied by ${pathOf(grant)}${conditionsOf(explain, true)}`,
      );
      return {
        ...common(call.request, section),
        what: `cannot ${row.purpose}`,
        because: [...denied, ...sides.flatMap((side) => whyNot(call, side, policies))],
        add: sides.map((side) => ({
          to: policyName(call, side),
          statement: statementFor(call.request, side === "identity" ? "identity" : side.kind, row.purpose),
        })),
      };
    });
}

/** Every wildcard that AWS gives no reason for. */
export const wildcardFailures = (wildcards: readonly Wildcard[]): Failure[] =>
  wildcards
    .filter(({ reason }) => reason === undefined)
    .map((wildcard) => ({
      ...wholly(wildcard),
      what: "a wildcard lets through what nothing needs",
      because: [`${wildcard.part} of ${pathOf(wildcard)}`],
      add: [],
    }));

/** Every denial that is not exactly what it must be. */
export const denialFailures = (proof: Proof): Failure[] =>
  looseDenials(proof).map(({ expected, ...denial }) => ({
    ...wholly(denial),
    what: "a denial may let through what it must not, or refuse what it need not",
    because: [`${pathOf(denial)} is not exactly a denial that is needed`],
    add: expected ? [{ to: nameOf(denial.policy), statement: expected }] : [],
  }));

const wholly = ({ policy, statement }: Grant) => ({
  section: "every delivery",
  roles: [policy.holder],
  actions: listOf(statement.Action),
  resources: listOf(statement.Resource),
  account: policy.account,
});
