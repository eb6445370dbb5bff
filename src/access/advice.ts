import { accountOf, isRole } from "./arn";
import type { ConditionExplain, StatementExplain } from "@cloud-copilot/iam-simulate";
import { analyzed, denyingOf, grantsOf, pathOf, sidOf } from "./grants";
import { guardOf, nameOf, type GuardKind, type Policy } from "./policy";
import type { PolicyStatement } from "./policy-json";
import { isAllowed, type Answered, type Call, type Proof } from "./proof";
import type { Denial, Hop, Request } from "./request";
import { statementFor } from "./statement-for";

/** What an engineer needs to mend a proof. */
export interface Failure {
  /** The delivery, or what else was to be proven. */
  readonly section: string;
  /** What could not be done, or what would happen. */
  readonly what: string;
  readonly role: string;
  /** Those of one row that fail for the same cause. */
  readonly actions: readonly string[];
  readonly resource: string;
  /** The account of the resource. */
  readonly account: string;
  /** Why, one cause a line: the policy that lacks it, the statement that nearly has it, or that has too much. */
  readonly because: readonly string[];
  /** The statement that would mend it, and where. */
  readonly add: readonly { readonly to: string; readonly statement: PolicyStatement }[];
}

/** Everything that keeps a system from being proven, but for its wiring. */
export function failuresOf({ policies, sections }: Proof): Failure[] {
  return sections.flatMap(({ denials, stages, title }) => [
    ...stages.flatMap(({ hops }) => hops.flatMap((hop) => missing(hop, title, policies))),
    ...denials.flatMap((denial) => tooMuch(denial, title)),
  ]);
}

const common = ({ action, owner, principal, resource }: Request, section: string) => ({
  section,
  role: principal,
  actions: [action],
  resource,
  account: owner,
});

function tooMuch({ calls, row }: Answered<Denial>, section: string): Failure[] {
  const failures = calls
    .filter(({ decision }) => isAllowed(decision))
    .map(({ decision, request }) => ({
      ...common(request, section),
      what: row.reason,
      because: grantsOf(decision).map((grant) => `allowed by ${pathOf(grant)}`),
      add: [],
    }));
  return merged(failures);
}

function missing({ calls, row }: Answered<Hop>, section: string, policies: readonly Policy[]): Failure[] {
  const failures = calls
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
  return merged(failures);
}

/** Failures that differ in their action alone, as one: an engineer adds one statement, not eight. */
function merged(failures: readonly Failure[]): Failure[] {
  const byCause = new Map<string, Failure>();
  for (const failure of failures) {
    const cause = JSON.stringify({ ...failure, actions: [] }, (key, value: unknown) =>
      key === "Action" ? "" : value,
    );
    const known = byCause.get(cause);
    const actions = [...(known?.actions ?? []), ...failure.actions];
    const add = failure.add.map(({ statement, to }) => ({
      to,
      statement: { ...statement, Action: actions.length === 1 ? statement.Action : actions },
    }));
    byCause.set(cause, { ...failure, actions, add });
  }
  return [...byCause.values()];
}

/** The side that says nothing: the principal's own policies, or the policy of what it is asked of. */
type Lacking = "identity" | { readonly kind: GuardKind };

function lackingSides({ decision, request }: Call): Lacking[] {
  if (decision.result === "ExplicitlyDenied") return [];
  const { identityAnalysis, resourceAnalysis } = decision.analysis ?? {};
  const ofRole = isRole(request.principal);
  const kind = guardOf(request.action);
  const crossing = !ofRole || accountOf(request.principal) !== request.owner;
  const guardDecides = kind !== undefined && (crossing || kind === "trust" || kind === "key");
  const guardAllows = ["Allowed", "AllowedForAccount"].includes(resourceAnalysis?.result ?? "");
  return [
    ...(ofRole && identityAnalysis?.result !== "Allowed" ? ["identity" as const] : []),
    ...(guardDecides && !guardAllows ? [{ kind }] : []),
  ];
}

function policyName({ decision, request }: Call, side: Lacking): string {
  const { identity, resource } = decision.applicable;
  if (side !== "identity")
    return resource ? nameOf(resource) : `a new ${side.kind} policy of ${request.resource}`;
  return identity[0] ? nameOf(identity[0]) : `a new policy of ${request.holds ?? request.principal}`;
}

function whyNot(call: Call, side: Lacking, policies: readonly Policy[]): string[] {
  const { decision, request } = call;
  const holder = side === "identity" ? (request.holds ?? request.principal) : request.resource;
  const isNamed = side === "identity" || side.kind === "trust";
  if (isNamed && !policies.some((policy) => policy.holder === holder))
    return [`there is no ${holder}${likeIt(holder, policies)}`];
  const near = analyzed(decision, side === "identity" ? "identity" : "resource", "unmatchedStatements")
    .filter(({ explain, grant }) => explain.actionMatch && grant.statement.Effect === "Allow")
    .map(({ explain, grant }) => `${sidOf(grant)} there allows it${mismatchOf(explain, grant.statement)}`);
  return [`${policyName(call, side)} does not allow it`, ...near];
}

/** A role of the same name in another account, or under another path, is the likeliest mistake. */
function likeIt(arn: string, policies: readonly Policy[]): string {
  const name = arn.slice(arn.lastIndexOf("/"));
  const like = policies.find(({ holder }) => holder.endsWith(name));
  return like ? `, but there is ${like.holder}` : "";
}

function mismatchOf(explain: StatementExplain, { Principal, Resource }: PolicyStatement): string {
  if (!explain.resourceMatch) return `, but on ${[Resource ?? []].flat().join(", ")}`;
  if (explain.principalMatch === "NoMatch") return `, but to ${JSON.stringify(Principal)}`;
  return conditionsOf(explain, false);
}

const conditionsOf = ({ conditions = [] }: StatementExplain, matches: boolean): string =>
  conditions
    .filter((condition) => condition.matches === matches)
    .map((condition) => `, ${matches ? "as" : "but only if"} ${conditionText(condition)}`)
    .join("");

function conditionText({
  conditionKeyValue,
  operator,
  resolvedConditionKeyValue,
  values,
}: ConditionExplain): string {
  const wanted = [values].flat().map(({ value }) => value);
  const got = resolvedConditionKeyValue ?? "absent";
  return `${conditionKeyValue} ${operator} ${wanted.join(", ")} (it is ${got})`;
}
