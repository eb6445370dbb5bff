import { accountOf, isRole } from "../arn";
import { groupBy } from "../group-by";
import { policyName, type Policy } from "../read/policies";
import type { PolicyJson } from "../read/policy-json";
import { policyHolderOf, policyKindOf } from "../read/resource-kinds";
import { UnreadableError } from "../read/unreadable";
import type { Context, Request } from "../request";
import { cannotMatch } from "./candidates";
import { knownKey, withKnownKeys } from "./known-keys";
import type { Analysis, EvaluationResult, Simulate } from "./simulator";

/** The policies that AWS checks for a request. A side that is assumed to allow it has none. */
export interface Applicable {
  readonly identity: readonly Policy[];
  readonly resource?: Policy;
}

/** The result of a request. */
export interface Decision {
  readonly result: EvaluationResult;
  readonly applicable: Applicable;
  /** Undefined when no statement matches the action and the resource. */
  readonly analysis?: Analysis;
}

/**
 * Evaluates a request.
 *
 * @param skipUnmatched Whether to deny a request that no statement can match without a simulation, which
 * then has no analysis.
 */
export type Evaluate = (request: Request, skipUnmatched?: boolean) => Promise<Decision>;

/** Evaluates requests against policies, each request once. */
export function evaluator(policies: readonly Policy[], simulate: Simulate): Evaluate {
  const byHolder = groupBy(policies, ({ holder }) => holder);
  const decisions = new Map<string, Promise<Decision>>();
  const applicableTo = (request: Request): Applicable => {
    const { action, assumeAllowed, attachedPolicyArn, principal, resource } = request;
    const own = byHolder.get(attachedPolicyArn ?? principal) ?? [];
    const kind = policyKindOf(action);
    const accessed = byHolder.get(policyHolderOf(action, resource));
    return {
      identity: assumeAllowed === "identity" ? [] : own.filter((one) => one.kind === "identity"),
      resource: assumeAllowed === "resource" ? undefined : accessed?.find((one) => one.kind === kind),
    };
  };
  return (request, skipUnmatched = false) => {
    const { action, assumeAllowed, attachedPolicyArn, context, owner, principal, resource } = request;
    const key = JSON.stringify([
      skipUnmatched,
      action,
      assumeAllowed,
      attachedPolicyArn,
      context,
      owner,
      principal,
      resource,
    ]);
    const known = decisions.get(key);
    if (known) return known;
    const applicable = applicableTo(request);
    const decision =
      skipUnmatched && cannotMatch(request, applicable)
        ? Promise.resolve<Decision>({ result: "ImplicitlyDenied", applicable })
        : evaluate(request, applicable, simulate);
    decisions.set(key, decision);
    return decision;
  };
}

const VERSION = "2012-10-17";

const anything: PolicyJson = {
  Version: VERSION,
  Statement: [{ Sid: "Anything", Effect: "Allow", Action: "*", Resource: "*" }],
};

/** A policy that allows everything to an account, whose own policies then decide. */
const allowsAccount = (account: string, action: string): PolicyJson => ({
  Version: VERSION,
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: action,
      // A trust policy has no resources.
      ...(policyKindOf(action) === "trust" ? {} : { Resource: "*" }),
    },
  ],
});

/**
 * The result of one request, from @cloud-copilot/iam-simulate, which knows requests across accounts, trust
 * policies and key policies. A role stands for its sessions.
 *
 * @throws Error when the simulator does not know the request, or would ignore one of its condition keys.
 */
export async function evaluate(
  request: Request,
  applicable: Applicable,
  simulate: Simulate,
): Promise<Decision> {
  const { action, assumeAllowed, owner, principal, resource } = request;
  const identity =
    assumeAllowed === "identity"
      ? [{ name: "anything", policy: anything }]
      : applicable.identity.map(({ document, name }) => ({ name, policy: withKnownKeys(document) }));
  const contextVariables = Object.entries(contextOf(request)).map(([key, value]) => [
    knownKey(key),
    typeof value === "string" ? value : [...value],
  ]);
  const outcome = await simulate({
    request: {
      principal,
      action,
      resource: { resource, accountId: owner },
      contextVariables: Object.fromEntries(contextVariables) as Record<string, string | string[]>,
    },
    identityPolicies: isRole(principal) ? identity : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicyOf(request, applicable),
  });
  if (outcome.resultType === "error") {
    const { identityPolicyErrors = {}, message, resourcePolicyErrors = [] } = outcome.errors;
    const refused = [
      ...applicable.identity.map((policy) => ({ policy, faults: identityPolicyErrors[policy.name] ?? [] })),
      ...(applicable.resource ? [{ policy: applicable.resource, faults: resourcePolicyErrors }] : []),
    ].flatMap(({ faults, policy }) =>
      faults.map((fault) => `${policyName(policy)}: ${fault.message} (${fault.path})`),
    );
    throw refused.length > 0
      ? new UnreadableError(refused.join("\n"))
      : new Error(`${action} on ${resource}: ${message}`);
  }
  const only = outcome.resultType === "single" ? outcome.result : outcome.results.at(0);
  const ignored = only?.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`${action} has no condition keys ${ignored.join(", ")}`);
  return { result: outcome.overallResult, applicable, analysis: only?.analysis };
}

function resourcePolicyOf(request: Request, { resource: policy }: Applicable): PolicyJson | undefined {
  const { action, assumeAllowed, owner, principal, resource } = request;
  if (assumeAllowed === "resource") return allowsAccount(accountOf(principal), action);
  if (policy) return withKnownKeys(policy.document);
  const kind = policyKindOf(action);
  if (kind === "trust") return { Version: VERSION, Statement: [] };
  // A key without a policy gets KMS's default policy.
  return kind === "key" && resource.includes(":key/") ? allowsAccount(owner, "kms:*") : undefined;
}

/** The condition keys of a request, with those that AWS always sends. */
export const contextOf = ({ context, owner, principal }: Request): Context => ({
  "aws:SecureTransport": "true",
  "aws:ResourceAccount": owner,
  ...(isRole(principal) && { "aws:PrincipalArn": principal, "aws:PrincipalAccount": accountOf(principal) }),
  ...context,
});
