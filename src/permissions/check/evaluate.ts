import { accountOf } from "../../system/arns";
import type { EvaluationResult, RunSimulationResults } from "@cloud-copilot/iam-simulate";
import { groupBy } from "../../group-by";
import { policyHolderOf, policyKindOf, policyName, type Policy } from "../read/policies";
import type { PolicyJson, PolicyStatement } from "../read/policy-json";
import { InputError } from "../../errors";
import { isRole, type Context, type Request } from "../request";
import type { Simulate } from "./simulator";

/** The policies that AWS checks for a request. A side that is assumed to allow it has none. */
export interface Applicable {
  readonly identity: readonly Policy[];
  readonly resource?: Policy;
}

/** The result of a request. */
export interface Decision {
  readonly result: EvaluationResult;
  readonly applicable: Applicable;
  /** What the simulator found for each statement. Undefined for a pattern of resources that none covers. */
  readonly analysis?: Extract<RunSimulationResults, { resultType: "single" }>["result"]["analysis"];
}

/** Finds the policies of a request. */
export function finder(policies: readonly Policy[]): (request: Request) => Applicable {
  const byHolder = groupBy(policies, ({ holder }) => holder);
  return ({ action, assumeAllowed, attachedPolicyArn, principal, resource }) => {
    const own = byHolder.get(attachedPolicyArn ?? principal) ?? [];
    const accessed = byHolder.get(policyHolderOf(action, resource)) ?? [];
    const kind = policyKindOf(action);
    return {
      identity: assumeAllowed === "identity" ? [] : own.filter((policy) => policy.kind === "identity"),
      resource: assumeAllowed === "resource" ? undefined : accessed.find((policy) => policy.kind === kind),
    };
  };
}

/**
 * The result of a request, from the simulator, which knows requests across accounts, trust policies and key
 * policies. A role stands for its sessions.
 *
 * @throws Error when the simulator does not know the request, or would ignore one of its condition keys.
 */
export async function evaluate(
  request: Request,
  applicable: Applicable,
  simulate: Simulate,
): Promise<Decision> {
  const { action, assumeAllowed, owner, principal, resource } = request;
  const own = applicable.identity.map(({ document, name }) => ({ name, policy: forSimulator(document) }));
  const outcome = await simulate({
    request: {
      principal,
      action,
      resource: { resource, accountId: owner },
      contextVariables: withKnownKeys(contextOf(request)) as Record<string, string | string[]>,
    },
    identityPolicies: !isRole(principal) ? [] : assumeAllowed === "identity" ? [ANYTHING] : own,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicyOf(request, applicable.resource),
  });
  if (outcome.resultType === "error") {
    const { identityPolicyErrors = {}, message, resourcePolicyErrors = [] } = outcome.errors;
    const refused = applicable.identity.find(({ name }) => identityPolicyErrors[name]);
    const [fault] = (refused && identityPolicyErrors[refused.name]) ?? resourcePolicyErrors;
    const policy = refused ?? applicable.resource;
    if (policy && fault) throw new InputError(`${policyName(policy)}: ${fault.message} (${fault.path})`);
    throw new Error(`${action} on ${resource}: ${message}`);
  }
  const only = outcome.resultType === "single" ? outcome.result : outcome.results.at(0);
  const ignored = only?.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`${action} has no condition keys ${ignored.join(", ")}`);
  return { result: outcome.overallResult, applicable, analysis: only?.analysis };
}

const policyOf = (...statements: readonly Omit<PolicyStatement, "Effect">[]): PolicyJson => ({
  Version: "2012-10-17",
  Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
});

const ANYTHING = { name: "anything", policy: policyOf({ Action: "*", Resource: "*" }) };

function resourcePolicyOf(request: Request, policy: Policy | undefined): PolicyJson | undefined {
  const { action, assumeAllowed, owner, principal, resource } = request;
  const kind = policyKindOf(action);
  const allow = (account: string, Action: string) => {
    const Principal = { AWS: `arn:aws:iam::${account}:root` };
    // A trust policy has no resources.
    return policyOf({ Principal, Action, ...(kind !== "trust" && { Resource: "*" }) });
  };
  if (assumeAllowed === "resource") return allow(accountOf(principal), "*");
  if (policy) return forSimulator(policy.document);
  if (kind === "trust") return policyOf();
  // KMS gives this policy to a key without one: the policies of its account decide.
  return kind === "key" && resource.includes(":key/") ? allow(owner, "kms:*") : undefined;
}

/** The condition keys of a request, with those that AWS always sends. */
export const contextOf = ({ context, owner, principal }: Request): Context => ({
  "aws:SecureTransport": "true",
  "aws:ResourceAccount": owner,
  ...(isRole(principal) && { "aws:PrincipalArn": principal, "aws:PrincipalAccount": accountOf(principal) }),
  ...context,
});

/**
 * The simulator ignores the keys of an encryption context, so a statement with one would allow nothing. A tag
 * of the principal, which has any name too, takes their place in requests and policies.
 */
const withKnownKeys = <Value>(value: Value) =>
  JSON.parse(JSON.stringify(value).replaceAll('"kms:Encryption', '"aws:PrincipalTag/Encryption')) as Value;

const known = new WeakMap<PolicyJson, PolicyJson>();

/** A policy for the simulator: the same object each time, so that it is validated once. */
function forSimulator(document: PolicyJson): PolicyJson {
  const policy = known.get(document) ?? withKnownKeys(document);
  known.set(document, policy);
  return policy;
}
