import type { PolicyJson, PolicyStatement } from "./policy-json";

/** A role, with the policies that are its own and those attached to it. */
export interface Role {
  readonly arn: string;
  readonly account: string;
  readonly trust: PolicyJson;
  readonly identity: readonly { readonly name: string; readonly document: PolicyJson }[];
}

/** A resource with a policy of its own. Nothing where AWS has none. */
export interface Guarded {
  readonly arn: string;
  readonly account: string;
  readonly policy: PolicyJson | null;
}

export interface Key extends Guarded {
  /** `alias/…` */
  readonly aliases: readonly string[];
  /** What grants that stand in AWS let through, as statements; @default - none */
  readonly grants?: readonly PolicyStatement[];
}

/** Everything that says who may do what: as synthesized, or as it stands in AWS. */
export interface Documents {
  readonly roles: readonly Role[];
  readonly buckets: readonly Guarded[];
  readonly keys: readonly Key[];
  readonly repositories: readonly Guarded[];
}

/** A managed policy of our own that people attach to their roles. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly account: string;
  readonly document: PolicyJson;
}

/** What a proof rests on. */
export interface Evidence extends Documents {
  readonly managed: readonly ManagedPolicy[];
}

export const noEvidence: Evidence = { roles: [], buckets: [], keys: [], repositories: [], managed: [] };

const byArn = (a: { readonly arn: string }, b: { readonly arn: string }) => (a.arn < b.arn ? -1 : 1);

/** The documents in an order that does not depend on where they were found. */
export function sorted({ roles, buckets, keys, repositories }: Documents): Documents {
  return {
    roles: roles
      .map((role) => ({
        ...role,
        identity: [...role.identity].sort((a, b) => (a.name < b.name ? -1 : 1)),
      }))
      .sort(byArn),
    buckets: [...buckets].sort(byArn),
    keys: keys
      .map(({ account, aliases, arn, policy }) => ({ arn, account, aliases: [...aliases].sort(), policy }))
      .sort(byArn),
    repositories: [...repositories].sort(byArn),
  };
}
