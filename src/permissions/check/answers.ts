import type { StatementExplain } from "@cloud-copilot/iam-simulate";
import { policyName, type Policy } from "../read/policies";
import type { PolicyStatement } from "../read/policy-json";
import { requestsOf, type ForbiddenCall, type Request, type RequiredCall } from "../request";
import type { Section } from "../sections";
import { evaluate, finder, type Decision } from "./evaluate";
import type { Simulate } from "./simulator";

/** A request and its result. */
export interface Answer {
  readonly request: Request;
  readonly decision: Decision;
}

type AnyCall = RequiredCall | ForbiddenCall;

/** A call, with the result of each of its requests. */
export interface Answered<Call extends AnyCall> {
  readonly call: Call;
  readonly answers: readonly Answer[];
  /** Whether every request has the result that it must have. */
  readonly holds: boolean;
}

/** A section, with the result of every call. */
export type AnsweredSection = Section<Answered<RequiredCall>, Answered<ForbiddenCall>>;

export const isAllowed = ({ result }: Decision) => result === "Allowed";

/** Evaluates the calls of sections, in order. @param forGuards The policies as guards take them. */
export function answerer(policies: readonly Policy[], simulate: Simulate, forGuards = policies) {
  const finders = { required: finder(policies), forbidden: finder(forGuards) };
  // Deliveries that share a key or an account make equal requests.
  const decisions = new Map<string, Promise<Decision>>();
  const decide = (request: Request, as: keyof typeof finders) => {
    const key = JSON.stringify([as, request]);
    const decision = decisions.get(key) ?? evaluate(request, finders[as](request), simulate);
    decisions.set(key, decision);
    return decision;
  };
  const answer = async <Call extends AnyCall>(calls: readonly Call[], allowed: boolean) => {
    const answered: Answered<Call>[] = [];
    for (const call of calls) {
      const answers: Answer[] = [];
      for (const request of requestsOf(call))
        answers.push({ request, decision: await decide(request, allowed ? "required" : "forbidden") });
      const holds = answers.every(({ decision }) => isAllowed(decision) === allowed);
      answered.push({ call, answers, holds });
    }
    return answered;
  };
  return async ({ guards, stages, ...section }: Section): Promise<AnsweredSection> => {
    const answered: AnsweredSection["stages"][number][] = [];
    for (const { calls, name } of stages) answered.push({ name, calls: await answer(calls, true) });
    return { ...section, stages: answered, guards: await answer(guards, false) };
  };
}

/** The required calls of some sections. */
export const requiredIn = (sections: readonly AnsweredSection[]) =>
  sections.flatMap(({ stages }) => stages.flatMap(({ calls }) => calls));

/** A statement of a policy. */
export interface Grant {
  readonly policy: Policy;
  readonly statement: PolicyStatement;
}

/** How a message names a statement: by its Sid or its number. */
export const sidOf = ({ policy, statement, statement: { Sid = "" } }: Grant) =>
  Sid === "" ? `statement ${policy.document.Statement.indexOf(statement) + 1}` : Sid;

/** The statement with its policy: `PushImage in policy "permissions" of arn:…`. */
export const grantName = (grant: Grant) => `${sidOf(grant)} in ${policyName(grant.policy)}`;

export const SIDES = ["identity", "resource"] as const;
type Analyzed = { readonly grant: Grant; readonly explain: StatementExplain };
type Matching = "allowStatements" | "denyStatements" | "unmatchedStatements";

/** What the simulator found for the statements of a side. */
export function analyzed(
  { analysis, applicable }: Decision,
  side: (typeof SIDES)[number],
  matching: Matching,
) {
  const found = side === "identity" ? analysis?.identityAnalysis : analysis?.resourceAnalysis;
  return (found?.[matching] ?? []).flatMap(({ explain, policyId, statement: read }): Analyzed[] => {
    const named = applicable.identity.find(({ name }) => name === policyId);
    const policy = side === "resource" ? applicable.resource : named;
    const statement = policy?.document.Statement[read.index() - 1];
    return policy && statement ? [{ grant: { policy, statement }, explain }] : [];
  });
}

/** The statements that allow a request, by side. */
export const grantsBySide = (decision: Decision) =>
  SIDES.map((side) => analyzed(decision, side, "allowStatements").map(({ grant }) => grant));

/** The statements that allow a request. */
export const grantsOf = (decision: Decision): Grant[] => grantsBySide(decision).flat();
