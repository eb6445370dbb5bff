import {
  runSimulation,
  type EvaluationResult,
  type RunSimulationResults,
  type SimulationErrors,
} from "@cloud-copilot/iam-simulate";
import { accountOf, isRole } from "./arn";
import { guardOf, nameOf, type Policy } from "./evidence/policy";
import type { PolicyJson } from "./evidence/policy-json";
import { UnreadableError } from "./evidence/synthesis";
import { groupBy } from "./group-by";
import { knownKey, withKnownKeys } from "./known-keys";
import type { Context, Request } from "./request";

/** The policies that may have a say in a request. */
export interface Applicable {
  readonly identity: readonly Policy[];
  readonly resource?: Policy;
}

/** How the simulator came to a result: every statement, and what of it matched. */
export type Analysis = Extract<RunSimulationResults, { resultType: "single" }>["result"]["analysis"];

/** What AWS answers to a request. */
export interface Decision {
  readonly result: EvaluationResult;
  /** The policies that were asked: of a side that is granted without a look, none. */
  readonly applicable: Applicable;
  /** Nothing for a resource with a wildcard that no statement covers. */
  readonly analysis?: Analysis;
}

/** Finds the policies of a request. */
export function finder(policies: readonly Policy[]): (request: Request) => Applicable {
  const byHolder = groupBy(policies, ({ holder }) => holder);
  return ({ action, holds, principal, resource }) => {
    const identity = (byHolder.get(holds ?? principal) ?? []).filter(({ kind }) => kind === "identity");
    const kind = guardOf(action);
    const holder = kind === "bucket" ? (resource.split("/")[0] ?? "") : resource;
    return { identity, resource: byHolder.get(holder)?.find((policy) => policy.kind === kind) };
  };
}

const anything: PolicyJson = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Anything", Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Everybody of an account, whose own policies then decide. A trust policy takes no resource. */
const everybodyOf = (account: string, action: string): PolicyJson => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Everybody",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "*",
      ...(guardOf(action) === "trust" ? {} : { Resource: "*" }),
    },
  ],
});

/** The policy that a key has unless one is given: its account's own policies decide. */
const accountDecides = (account: string): PolicyJson => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
  ],
});

/**
 * What AWS decides on a request, as @cloud-copilot/iam-simulate does: across accounts, by trust and by
 * key policies too. A role's session is taken for the role.
 *
 * @throws Error when the simulator knows no such request, or would leave out one of its condition keys.
 */
export async function evaluate(request: Request, found: Applicable): Promise<Decision> {
  const { action, granted, owner, principal, resource } = request;
  const applicable = {
    identity: granted === "identity" ? [] : found.identity,
    resource: granted === "resource" ? undefined : found.resource,
  };
  const identity =
    granted === "identity"
      ? [{ name: "anything", policy: anything }]
      : applicable.identity.map(({ name, document }) => ({ name, policy: withKnownKeys(document) }));
  const outcome = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: owner },
        contextVariables: contextOf(request),
      },
      identityPolicies: isRole(principal) ? identity : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: resourcePolicyOf(request, applicable),
    },
    {},
  );
  if (outcome.resultType === "error") throw refusal(outcome.errors, request, applicable);
  const only = outcome.resultType === "single" ? outcome.result : outcome.results.at(0);
  const ignored = only?.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`${action} has no condition keys ${ignored.join(", ")}`);
  return { result: outcome.overallResult, applicable, analysis: only?.analysis };
}

function resourcePolicyOf(
  { action, granted, owner, principal, resource }: Request,
  applicable: Applicable,
): PolicyJson | undefined {
  if (granted === "resource") return everybodyOf(accountOf(principal), action);
  if (applicable.resource) return withKnownKeys(applicable.resource.document);
  if (guardOf(action) === "trust") return { Version: "2012-10-17", Statement: [] };
  return guardOf(action) === "key" && resource.includes(":key/") ? accountDecides(owner) : undefined;
}

function contextOf({ context, owner, principal }: Request): Record<string, string | string[]> {
  const ofPrincipal: Context = isRole(principal)
    ? { "aws:PrincipalArn": principal, "aws:PrincipalAccount": accountOf(principal) }
    : {};
  const sent: Context = {
    "aws:SecureTransport": "true",
    "aws:ResourceAccount": owner,
    ...ofPrincipal,
    ...context,
  };
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]) => [
      knownKey(key),
      typeof value === "string" ? value : [...value],
    ]),
  );
}

/** A document that AWS would refuse is named; any other refusal is a fault of the chain's own rows. */
function refusal(errors: SimulationErrors, request: Request, { identity, resource }: Applicable): Error {
  const broken = [
    ...Object.entries(errors.identityPolicyErrors ?? {}).map(([name, faults]) => ({
      policy: identity.find((one) => one.name === name),
      faults,
    })),
    { policy: resource, faults: errors.resourcePolicyErrors ?? [] },
  ];
  const lines = broken.flatMap(({ policy, faults }) =>
    faults.map(({ message, path }) => `${policy ? nameOf(policy) : "a policy"}: ${message} (${path})`),
  );
  return lines.length > 0
    ? new UnreadableError(lines.join("\n"))
    : new Error(`${request.action} on ${request.resource}: ${errors.message}`);
}
