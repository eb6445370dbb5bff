import type { Evidence, Key } from "./documents";
import type { PolicyJson } from "./policy-json";

/** A policy on a thing, which says who may reach it. */
export type GuardKind = "trust" | "bucket" | "key" | "repository";

/** How AWS applies a policy: to who holds it, or to what it is on. */
export type PolicyKind = "identity" | GuardKind;

/** One policy, wherever it stands. */
export interface Policy {
  readonly kind: PolicyKind;
  /** ARN of the role, the bucket, the key, the repository or the managed policy. */
  readonly holder: string;
  readonly account: string;
  /** Unique among the policies of its holder. */
  readonly name: string;
  readonly document: PolicyJson;
}

/** Every policy of the evidence. */
export function policiesOf({ roles, buckets, keys, repositories, managed }: Evidence): Policy[] {
  const on = (kind: PolicyKind, guarded: Evidence["buckets"]) =>
    guarded.flatMap(({ arn, account, policy }) =>
      policy === null ? [] : [{ kind, holder: arn, account, name: `${kind} policy`, document: policy }],
    );
  return [
    ...roles.flatMap(({ arn, account, trust, identity }) => [
      { kind: "trust" as const, holder: arn, account, name: "trust policy", document: trust },
      ...identity.map(({ name, document }) => ({
        kind: "identity" as const,
        holder: arn,
        account,
        name,
        document,
      })),
    ]),
    ...on("bucket", buckets),
    ...on("key", keys.map(withGrants)),
    ...on("repository", repositories),
    ...managed.map(({ arn, account, document }) => ({
      kind: "identity" as const,
      holder: arn,
      account,
      name: arn.slice(arn.lastIndexOf("/") + 1),
      document,
    })),
  ];
}

/** A key's grants let through what a statement of its policy would. */
const withGrants = ({ grants = [], policy, ...key }: Key) => ({
  ...key,
  policy: grants.length > 0 && policy ? { ...policy, Statement: [...policy.Statement, ...grants] } : policy,
});

/** How a person finds a policy: `policy "permissions" of arn:…`. */
export function nameOf({ kind, holder, name }: Policy): string {
  return kind === "identity" ? `policy "${name}" of ${holder}` : `${name} of ${holder}`;
}

const guards: Readonly<Record<string, GuardKind>> = {
  sts: "trust",
  s3: "bucket",
  kms: "key",
  ecr: "repository",
};

/** The kind of policy that guards the resources of an action, if any does. */
export const guardOf = (action: string): GuardKind | undefined => guards[action.split(":")[0] ?? ""];
