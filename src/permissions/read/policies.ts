import { RESOURCE_KINDS, type ResourceKind, type ResourceLists } from "./resource-kinds";
import type { PolicyJson, PolicyStatement } from "./policy-json";

/** A role, with its inline policies and its attached ones. */
export interface Role {
  readonly arn: string;
  readonly account: string;
  readonly trust: PolicyJson;
  readonly identity: readonly { readonly name: string; readonly document: PolicyJson }[];
}

/** A resource that can have a policy. */
export interface ResourceWithPolicy {
  readonly arn: string;
  readonly account: string;
  /** `null` for a resource without a policy. */
  readonly policy: PolicyJson | null;
  /** Of a key, such as `alias/artifacts`. */
  readonly aliases?: readonly string[];
  /** What a key's grants allow, as statements. @default - none */
  readonly grants?: readonly PolicyStatement[];
}

/** A managed policy of the system, which people attach to their roles. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly account: string;
  readonly document: PolicyJson;
}

/** Every policy that decides who may do what, by what has it. */
export interface Policies extends ResourceLists {
  readonly roles: readonly Role[];
  readonly managed: readonly ManagedPolicy[];
}

/** `identity` policies belong to a principal, all others to what is accessed. */
export type PolicyKind = "identity" | "trust" | ResourceKind;

/** One policy. */
export interface Policy {
  readonly kind: PolicyKind;
  /** ARN of the role, the resource or the managed policy that has it. */
  readonly holder: string;
  readonly account: string;
  /** Unique among the policies of its holder. */
  readonly name: string;
  readonly document: PolicyJson;
}

/** The policies as one list. */
export function policyList(policies: Policies): Policy[] {
  const { managed, roles } = policies;
  return [
    ...roles.flatMap(({ account, arn, identity, trust }): Policy[] => [
      { kind: "trust", holder: arn, account, name: "trust policy", document: trust },
      ...identity.map((one) => ({ ...one, kind: "identity" as const, holder: arn, account })),
    ]),
    ...RESOURCE_KINDS.flatMap(({ kind, list }) => policies[list].flatMap((one) => policyOf(kind, one))),
    ...managed.map(({ account, arn, document }): Policy => {
      return { kind: "identity", holder: arn, account, name: arn.slice(arn.lastIndexOf("/") + 1), document };
    }),
  ];
}

function policyOf(kind: ResourceKind, { account, arn, grants = [], policy }: ResourceWithPolicy): Policy[] {
  if (policy === null) return [];
  const document = { ...policy, Statement: [...policy.Statement, ...grants] };
  return [{ kind, holder: arn, account, name: `${kind} policy`, document }];
}

/** How a message names a policy: `policy "permissions" of arn:…`. */
export const policyName = ({ kind, holder, name }: Policy) =>
  kind === "identity" ? `policy "${name}" of ${holder}` : `${name} of ${holder}`;

/** The policies as JSON, in an order that does not depend on where they were read. */
export function policiesJson(policies: Policies): string {
  const byArn = <One extends { readonly arn: string }>(list: readonly One[]) =>
    list.toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const lists = RESOURCE_KINDS.map(({ list }) => [
    list,
    byArn(policies[list]).map(({ account, aliases, arn, policy }) => {
      return { arn, account, ...(aliases && { aliases: aliases.toSorted() }), policy };
    }),
  ]);
  const roles = byArn(policies.roles).map((role) => ({
    ...role,
    identity: role.identity.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
  return JSON.stringify({ roles, ...Object.fromEntries(lists) }, undefined, 2);
}
