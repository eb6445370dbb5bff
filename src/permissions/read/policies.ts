import { listOf, type PolicyJson, type PolicyStatement } from "./policy-json";

/**
 * Every kind of resource with a policy of its own. `on` is the argument by which a `<type>_policy` names what it is
 * for. Each kind has a reader in `aws/`.
 */
export const RESOURCE_KINDS = [
  { kind: "bucket", list: "buckets", type: "aws_s3_bucket", on: "bucket", service: "s3" },
  { kind: "key", list: "keys", type: "aws_kms_key", on: "key_id", service: "kms" },
  { kind: "repository", list: "repositories", type: "aws_ecr_repository", on: "repository", service: "ecr" },
  { kind: "topic", list: "topics", type: "aws_sns_topic", on: "arn", service: "sns" },
  // A policy of CloudWatch Logs belongs to an account, and names its log group.
  { kind: "log group", list: "logGroups", type: "aws_cloudwatch_log_resource_policy", service: "logs" },
] as const;

type Row = (typeof RESOURCE_KINDS)[number];
export type ResourceKind = Row["kind"];
type ResourceLists = Readonly<Record<Row["list"], readonly ResourceWithPolicy[]>>;

/** The list of each kind. */
export const resourceLists = (of: (row: Row) => readonly ResourceWithPolicy[]) =>
  Object.fromEntries(RESOURCE_KINDS.map((row) => [row.list, of(row)])) as unknown as ResourceLists;

/** A role, with its inline policies and its attached ones. */
export interface Role {
  readonly arn: string;
  readonly account: string;
  /** ARN of its permissions boundary, which is not read. */
  readonly boundary?: string;
  readonly trust: PolicyJson;
  readonly identity: readonly { readonly name: string; readonly document: PolicyJson }[];
  /** ARNs of attached policies whose documents are not in the stacks. @default - none */
  readonly unread?: readonly string[];
}

/** A resource that can have a policy. */
export interface ResourceWithPolicy {
  readonly arn: string;
  readonly account: string;
  /** Of a key, such as `alias/artifacts`. */
  readonly aliases?: readonly string[];
  /** `null` for a resource without a policy. */
  readonly policy: PolicyJson | null;
  /** What a key's grants allow, as statements. @default - none */
  readonly grants?: readonly PolicyStatement[];
}

/** Every policy that decides who may do what, by what has it. */
export interface Policies extends ResourceLists {
  readonly roles: readonly Role[];
  /** Managed policies of the system, which people attach to their roles. */
  readonly managed: readonly {
    readonly arn: string;
    readonly account: string;
    readonly document: PolicyJson;
  }[];
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
export const policyList = (policies: Policies): Policy[] => [
  ...policies.roles.flatMap(({ account, arn, identity, trust }): Policy[] => [
    { kind: "trust", holder: arn, account, name: "trust policy", document: trust },
    ...identity.map((one) => ({ ...one, kind: "identity" as const, holder: arn, account })),
  ]),
  ...RESOURCE_KINDS.flatMap(({ kind, list }) =>
    policies[list].flatMap(({ account, arn, grants, policy }): Policy[] => {
      const document = grants && policy ? { ...policy, Statement: [...policy.Statement, ...grants] } : policy;
      return document ? [{ kind, holder: arn, account, name: `${kind} policy`, document }] : [];
    }),
  ),
  ...policies.managed.map(({ account, arn, document }): Policy => {
    return { kind: "identity", holder: arn, account, name: arn.slice(arn.lastIndexOf("/") + 1), document };
  }),
];

/** How a message names a policy: `policy "permissions" of arn:…`. */
export const policyName = ({ kind, holder, name }: Policy) =>
  kind === "identity" ? `policy "${name}" of ${holder}` : `${name} of ${holder}`;

/** The kind of the policy that an action on a resource is checked against, besides those of its principal. */
export function policyKindOf(action: string): Exclude<PolicyKind, "identity"> | undefined {
  const service = action.split(":")[0];
  return service === "sts" ? "trust" : RESOURCE_KINDS.find((row) => row.service === service)?.kind;
}

/** ARN of what has that policy: of an object, its bucket; of a log stream, its group. */
export function policyHolderOf(action: string, resource: string): string {
  const kind = policyKindOf(action);
  if (kind === "log group") return logGroupOf(resource);
  return kind === "bucket" ? (resource.split("/")[0] ?? "") : resource;
}

const logGroupOf = (resource: string) => resource.replace(/:(\*|log-stream:.*)$/, "");

/** The log group that a policy of CloudWatch Logs is for: its first resource without the streams. */
export const logGroupIn = ({ Statement }: PolicyJson) => logGroupOf(listOf(Statement[0]?.Resource)[0] ?? "");

/** The policies as JSON, in the order of their ARNs. */
export function policiesJson({ roles, ...policies }: Policies): string {
  const sorted = <One extends { readonly arn: string }>(list: readonly One[]) =>
    list.toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const lists = resourceLists(({ list }) =>
    sorted(policies[list]).map(({ account, aliases, arn, policy }) => ({ arn, account, aliases, policy })),
  );
  return JSON.stringify({ roles: sorted(roles), ...lists }, undefined, 2);
}
