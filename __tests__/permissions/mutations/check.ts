import { isDeepStrictEqual } from "node:util";
import { evaluate as evaluateOld, finder, type Decision } from "../../../src/access/evaluate";
import type { Evidence } from "../../../src/access/evidence/documents";
import { synthesizedEvidence } from "../../../src/access/evidence/synthesized";
import { policiesOf, type Policy } from "../../../src/access/evidence/policy";
import { grantsOf } from "../../../src/access/grants";
import { wildcardsIn } from "../../../src/access/wildcards/statement-wildcards";
import { environmentCalls, requiredStages, stateCalls } from "../../../src/permissions/calls";
import { deliveryGuards, environmentGuards, stateGuards } from "../../../src/permissions/guards";
import type { Config } from "../../../src/config/schema";
import { accountOf } from "../../../src/permissions/arn";
import { partiesOf, type Parties } from "../../../src/permissions/parties";
import { listOf, type PolicyStatement } from "../../../src/permissions/read/policy-json";
import {
  requestsOf,
  type ForbiddenCall,
  type Request,
  type RequiredCall,
} from "../../../src/permissions/request";
import { systemOf, type System } from "../../../src/system/system";
import { synthApp } from "../../support/synth-app";

export type { Policy } from "../../../src/access/evidence/policy";

export interface Answer<Call> {
  readonly call: Call;
  readonly request: Request;
  readonly decision: Decision;
}

export interface Checked {
  readonly policies: readonly Policy[];
  readonly required: readonly Answer<RequiredCall>[];
  readonly forbidden: readonly Answer<ForbiddenCall>[];
}

const evaluate = (request: Request, applicable: Decision["applicable"]) =>
  evaluateOld({ ...request, granted: request.assumeAllowed, holds: request.attachedPolicyArn }, applicable);

/** Evaluates every call and guard of a configuration's system, as it is synthesized. */
export const checkConfig = (config: Config) => check(systemOf(config), synthesizedEvidence(synthApp(config)));

export const check = async (system: System, evidence: Evidence): Promise<Checked> => ({
  policies: policiesOf(evidence),
  required: await checkRequired(system, evidence),
  forbidden: await checkForbidden(system, evidence),
});

function checkRequired(system: System, evidence: Evidence): Promise<Answer<RequiredCall>[]> {
  const { region, shared, stateBucket } = system;
  return answersTo(evidence, [
    ...deliveriesOf(system, evidence).flatMap((own) => requiredStages(own).flatMap(({ calls }) => calls)),
    ...system.environments.flatMap((environment) => environmentCalls(environment, region)),
    ...stateCalls(stateBucket, shared.id),
  ]);
}

export function checkForbidden(system: System, evidence: Evidence): Promise<Answer<ForbiddenCall>[]> {
  const { region, shared, stateBucket } = system;
  const deliveries = deliveriesOf(system, evidence);
  const others = (own: Parties) => deliveries.filter((other) => other !== own);
  return answersTo(evidence, [
    ...deliveries.flatMap((own) => deliveryGuards(own, others(own), stateBucket)),
    ...system.environments.flatMap((environment) => environmentGuards(environment, region)),
    ...stateGuards(stateBucket, shared.id),
  ]);
}

const deliveriesOf = ({ deliveries }: System, { keys }: Evidence) =>
  deliveries.map((delivery) =>
    partiesOf(delivery, keys.find(({ aliases }) => aliases.includes(delivery.names.artifactKeyAlias))?.arn),
  );

async function answersTo<Call extends RequiredCall | ForbiddenCall>(
  evidence: Evidence,
  calls: readonly Call[],
): Promise<Answer<Call>[]> {
  const find = finder(policiesOf(evidence));
  const answers: Answer<Call>[] = [];
  for (const call of calls)
    for (const request of requestsOf(call)) {
      const applicable = find({ ...request, holds: request.attachedPolicyArn });
      answers.push({ call, request, decision: await evaluate(request, applicable) });
    }
  return answers;
}

export const isAllowed = ({ result }: Decision) => result === "Allowed";

const isSame = (one: Policy) => (other: Policy | undefined) =>
  one.holder === other?.holder && one.kind === other.kind && one.name === other.name;

/** Whether a policy is among those that decide. */
export const involves = ({ applicable: { identity, resource } }: Decision, policy: Policy) =>
  [...identity, resource].some(isSame(policy));

/** The decision again, with one policy replaced. */
export function again<Call>(
  { decision: { applicable }, request }: Answer<Call>,
  policy: Policy,
  by: Policy,
): Promise<Decision> {
  const replace = (one: Policy) => (isSame(policy)(one) ? by : one);
  return evaluate(request, {
    identity: applicable.identity.map(replace),
    resource: applicable.resource && replace(applicable.resource),
  });
}

const matches = (pattern: string, value: string) =>
  new RegExp(
    `^${pattern
      .replaceAll(/[\\^$.+()[\]{}|]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  ).test(value);

/** Whether a statement's action and resource match a request. */
export const covers = (statement: PolicyStatement, { action, resource }: Request, { kind }: Policy) =>
  listOf(statement.Action).some((one) => matches(one, action)) &&
  (kind === "trust" || listOf(statement.Resource).some((one) => matches(one, resource)));

/** The required calls that a policy allows, and the deny statements that it must have. */
export function needsOf(policy: Policy, { forbidden, required }: Checked) {
  return {
    uses: required.filter(({ decision }) => grantsOf(decision).some((grant) => isSame(policy)(grant.policy))),
    denials: forbidden.flatMap(({ call: { deniedBy }, decision }) =>
      deniedBy && involves(decision, policy) ? [deniedBy] : [],
    ),
  };
}

/** What a policy allows beyond its needs, and deny statements that are not exactly as stated. */
export function excessIn(policy: Policy, { denials, uses }: ReturnType<typeof needsOf>): string[] {
  const isStatement = (one: PolicyStatement) => (other: PolicyStatement) =>
    isDeepStrictEqual(normal(one), normal(other));
  const { Statement: statements } = policy.document;
  return [
    ...denials
      .filter((one) => !statements.some(isStatement(one)))
      .map(({ Sid }) => `there is no ${Sid ?? ""}`),
    ...statements.flatMap((statement) => {
      if (statement.Effect === "Deny")
        return denials.some(isStatement(statement)) ? [] : [`Deny ${statement.Sid ?? ""}`];
      return excessInStatement(statement, policy, uses);
    }),
  ];
}

function excessInStatement(
  statement: PolicyStatement,
  policy: Policy,
  uses: readonly Answer<RequiredCall>[],
): string[] {
  const used = uses.filter(({ request }) => covers(statement, request, policy));
  const requests = used.map(({ request }) => request);
  const unused = (values: readonly string[], sent: readonly string[]) =>
    values.filter((value) => !sent.some((one) => matches(value, one)));
  const { Action, Condition = {}, Principal = {}, Resource } = statement;
  const accounts = requests.map(({ principal }) => `arn:aws:iam::${accountOf(principal)}:root`);
  // A connection's service has two names, and AWS documents policies that list both.
  const actions = listOf(Action).filter((action) => !/^code(star-)?connections:UseConnection$/.test(action));
  return [
    ...wildcardsIn(statement, policy, requests).flatMap(({ part, reason }) => (reason ? [] : [part])),
    ...unused(
      actions,
      requests.map(({ action }) => action),
    ),
    ...unused(
      listOf(Resource),
      requests.map(({ resource }) => resource),
    ),
    ...unused(typeof Principal === "string" ? [Principal] : Object.values(Principal).flatMap(listOf), [
      ...requests.map(({ principal }) => principal),
      ...accounts,
    ]),
    ...Object.values(Condition).flatMap((keys) =>
      Object.entries(keys).flatMap(([key, values]) =>
        unused(
          listOf(values),
          requests.flatMap((request) => sentBy(request, key)),
        ),
      ),
    ),
  ];
}

const sentBy = ({ context = {}, owner, principal }: Request, key: string): readonly string[] =>
  key === "aws:PrincipalArn" ? [principal] : key === "aws:ResourceAccount" ? [owner] : listOf(context[key]);

const normal = ({ Action, Principal, Resource, ...others }: PolicyStatement) => ({
  ...others,
  Action: [...listOf(Action)].sort(),
  Resource: [...listOf(Resource)].sort(),
  Principal: Principal === "*" ? { AWS: "*" } : Principal,
});
