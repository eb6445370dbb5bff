import type { Inventory } from "../../system/inventory";
import type { ResourceWithPolicy } from "./policies";

interface Row {
  readonly kind: string;
  /** The list of `Policies` that holds the resources. */
  readonly list: string;
  readonly type: string;
  readonly policyType: string;
  /** The argument of the policy that refers to the resource, and the resource's attribute that it refers to. */
  readonly argument: string;
  readonly attribute: string;
  /** The prefix of the actions that the policy can allow. */
  readonly service: string;
  /** The names by which `aws/resources.ts` reads them. */
  readonly inventory: keyof Inventory;
}

/** Every kind of resource with a policy of its own. Each has its reader in `aws/resources.ts`. */
export const RESOURCE_KINDS = [
  {
    kind: "bucket",
    list: "buckets",
    type: "aws_s3_bucket",
    policyType: "aws_s3_bucket_policy",
    argument: "bucket",
    attribute: "id",
    service: "s3",
    inventory: "buckets",
  },
  {
    kind: "key",
    list: "keys",
    type: "aws_kms_key",
    policyType: "aws_kms_key_policy",
    argument: "key_id",
    attribute: "key_id",
    service: "kms",
    inventory: "keyAliases",
  },
  {
    kind: "repository",
    list: "repositories",
    type: "aws_ecr_repository",
    policyType: "aws_ecr_repository_policy",
    argument: "repository",
    attribute: "name",
    service: "ecr",
    inventory: "containerRepositories",
  },
] as const satisfies readonly Row[];

export type ResourceKindRow = (typeof RESOURCE_KINDS)[number];
export type ResourceKind = ResourceKindRow["kind"];
export type ResourceLists = Readonly<Record<ResourceKindRow["list"], readonly ResourceWithPolicy[]>>;

/** The list of each kind. */
export const resourceLists = (of: (row: ResourceKindRow) => readonly ResourceWithPolicy[]) =>
  Object.fromEntries(RESOURCE_KINDS.map((row) => [row.list, of(row)])) as unknown as ResourceLists;

/** The kind of the resource policy that an action on a resource is checked against. */
export function policyKindOf(action: string): ResourceKind | "trust" | undefined {
  const service = action.split(":")[0];
  return service === "sts" ? "trust" : RESOURCE_KINDS.find((row) => row.service === service)?.kind;
}

/** ARN of what has the policy that an action on a resource is checked against: of an object, its bucket. */
export const policyHolderOf = (action: string, resource: string) =>
  policyKindOf(action) === "bucket" ? (resource.split("/")[0] ?? "") : resource;
