import { requestsOf, type ForbiddenCall, type Request, type RequiredCall } from "../request";
import type { Account, Section } from "../sections";
import type { Decision, Evaluate } from "./evaluate";

/** A request and its result. */
export interface Answer {
  readonly request: Request;
  readonly decision: Decision;
}

/** A call, with the result of each of its requests. */
export interface Answered<Call extends RequiredCall | ForbiddenCall> {
  readonly call: Call;
  readonly answers: readonly Answer[];
  /** Whether every request has the result that it must have. */
  readonly holds: boolean;
}

export interface AnsweredStage {
  readonly name: string;
  readonly calls: readonly Answered<RequiredCall>[];
}

/** A section, with the result of every call. */
export interface AnsweredSection {
  readonly title: string;
  readonly accounts: readonly Account[];
  readonly stages: readonly AnsweredStage[];
  readonly guards: readonly Answered<ForbiddenCall>[];
}

export const isAllowed = ({ result }: Decision) => result === "Allowed";

/** Evaluates every call of a section, in order. */
export async function answerSection(
  { guards, stages, ...section }: Section,
  evaluate: Evaluate,
): Promise<AnsweredSection> {
  const answer = async <Call extends RequiredCall | ForbiddenCall>(call: Call, allowed: boolean) => {
    const answers = await inOrder(requestsOf(call), async (request) => ({
      request,
      decision: await evaluate(request, !allowed),
    }));
    return { call, answers, holds: answers.every(({ decision }) => isAllowed(decision) === allowed) };
  };
  return {
    ...section,
    stages: await inOrder(stages, async ({ calls, name }) => ({
      name,
      calls: await inOrder(calls, (call) => answer(call, true)),
    })),
    guards: await inOrder(guards, (guard) => answer(guard, false)),
  };
}

/** The results in order, so that the first error is always the same. */
async function inOrder<From, To>(values: readonly From[], work: (value: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}

/** The required calls of some sections. */
export const requiredIn = (sections: readonly AnsweredSection[]): readonly Answered<RequiredCall>[] =>
  sections.flatMap(({ stages }) => stages.flatMap(({ calls }) => calls));

/** The requests of some calls, with their results. */
export const answersOf = (calls: readonly Answered<RequiredCall | ForbiddenCall>[]): readonly Answer[] =>
  calls.flatMap(({ answers }) => answers);
