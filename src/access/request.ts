import type { PolicyStatement } from "./evidence/policy-json";

/** Condition keys of a request. A key left out is absent. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** One call, as AWS sees it. */
export interface Request {
  /** ARN of a role, or a service such as `codebuild.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  /** ARN, or `*` where AWS knows no resource. */
  readonly resource: string;
  /** The account that the resource is in. */
  readonly owner: string;
  /** Beside what AWS always sends: TLS, and the accounts and ARN of both sides. */
  readonly context?: Context;
  /** ARN of the managed policy that a person's role has; @default - the policies of the principal */
  readonly holds?: string;
  /**
   * What is granted without a look, so that the other side must decide alone. `identity`: the principal's
   * own policies allow everything, as its account's administrator could let them. `resource`: the
   * resource's policy lets everybody in, as a stranger's could.
   */
  readonly granted?: "identity" | "resource";
}

/** One row of the chain: a call that a delivery needs. */
export interface Hop extends Omit<Request, "action"> {
  /** What it is for, as a verb phrase: `push the image`. */
  readonly purpose: string;
  readonly actions: readonly string[];
}

/** Calls that must be refused, and what would happen if they were not. */
export interface Denial extends Omit<Request, "action"> {
  readonly reason: string;
  readonly actions: readonly string[];
  /** The statement that refuses them; @default - nothing allows them */
  readonly refusedBy?: PolicyStatement;
}

/** The single calls of a row. */
export const requestsOf = (row: Hop | Denial): Request[] =>
  row.actions.map((action) => ({
    principal: row.principal,
    action,
    resource: row.resource,
    owner: row.owner,
    context: row.context,
    holds: row.holds,
    granted: row.granted,
  }));
