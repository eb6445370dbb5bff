import { groupBy } from "../../group-by";
import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { pendingDocument } from "./pending";
import { joined } from "./delta";
import { parseDocument, type Document } from "./statement";

/**
 * What a policy decides about: permissions of a role, who may assume it, access to a resource, or what of all this
 * can be used through an endpoint of a network.
 */
export type PolicyKind = "identity" | "trust" | "resource" | "endpoint";

interface PolicyPlace {
  readonly attribute: string;
  readonly kind: PolicyKind;
  /** The attribute that names whose policy it is; absent if it is the resource's own. */
  readonly holder?: string;
  /** The type of the holder, to find out whether the plan creates it, and its attribute with that name. */
  readonly holderType?: string;
  readonly holderName?: string;
}

const ofRole = { holder: "role", holderType: "aws_iam_role", holderName: "name" };
const ofBucket = { holder: "bucket", holderType: "aws_s3_bucket", holderName: "id" };
const ofKey = { holder: "key_id", holderType: "aws_kms_key", holderName: "id" };
const resource = { attribute: "policy", kind: "resource" } as const;
const identity = { attribute: "policy", kind: "identity" } as const;

/** Where resources have policies. */
const PLACES: Readonly<Record<string, PolicyPlace>> = {
  aws_iam_role: { attribute: "assume_role_policy", kind: "trust" },
  aws_iam_role_policy: { ...identity, ...ofRole },
  aws_iam_policy: identity,
  aws_iam_user_policy: { ...identity, holder: "user", holderType: "aws_iam_user", holderName: "name" },
  aws_iam_group_policy: { ...identity, holder: "group", holderType: "aws_iam_group", holderName: "name" },
  aws_s3_bucket_policy: { ...resource, ...ofBucket },
  aws_kms_key: resource,
  aws_kms_key_policy: { ...resource, ...ofKey },
  aws_ecr_repository_policy: { ...resource, holder: "repository" },
  aws_sns_topic: resource,
  aws_sns_topic_policy: { ...resource, holder: "arn" },
  aws_sqs_queue: resource,
  aws_sqs_queue_policy: { ...resource, holder: "queue_url" },
  aws_secretsmanager_secret: resource,
  aws_secretsmanager_secret_policy: { ...resource, holder: "secret_arn" },
  aws_cloudwatch_log_resource_policy: {
    attribute: "policy_document",
    kind: "resource",
    holder: "policy_name",
  },
  aws_vpc_endpoint: { attribute: "policy", kind: "endpoint" },
};

export const placeOf = ({ type }: Change): PolicyPlace | undefined => PLACES[type];

export const POLICY_TYPES = Object.keys(PLACES);

/** All policies of one holder, before and after. */
export interface Holder {
  readonly kind: PolicyKind;
  /** Whether the plan creates it, so that its policies are no change of something that exists. */
  readonly created: boolean;
  readonly before: Document;
  readonly after: Document;
}

/** The document of a change, before or after. Undefined: there is none, or it is not known. */
export function documentIn(plan: Plan, change: Change, side: "before" | "after"): Document | undefined {
  const documents = plan.once(side === "before" ? documentsBefore : documentsAfter);
  if (!documents.has(change)) documents.set(change, readDocument(plan, change, side));
  return documents.get(change);
}

type Documents = Map<Change, Document | undefined>;
const documentsBefore = (): Documents => new Map();
const documentsAfter = (): Documents => new Map();

function readDocument(plan: Plan, change: Change, side: "before" | "after"): Document | undefined {
  const attribute = placeOf(change)?.attribute ?? "policy";
  return side === "after" && change.isUnknown(attribute)
    ? pendingDocument(plan, change, attribute)
    : parseDocument(change[side][attribute]);
}

/** Whether a policy will exist, but what it says is not known before the apply. */
export const isUnknownPolicy = (plan: Plan, change: Change) => {
  const attribute = placeOf(change)?.attribute ?? "policy";
  return change.isUnknown(attribute) && !documentIn(plan, change, "after");
};

export const holderOf = (plan: Plan, change: Change): Holder | undefined =>
  plan.once(holdersOf).get(keyOf(plan, change));

function keyOf(plan: Plan, change: Change): string {
  const { holder } = placeOf(change) ?? {};
  if (holder === undefined) return `${change.type} ${change.address}`;
  const { after, before } = change;
  const [old, next] = [before[holder], after[holder]];
  // A new name of the same role is no other role; a policy that moves to a role that exists widens that one.
  const moved = typeof next === "string" && old !== next && plan.usersOf(next).length > 0;
  const name = moved || typeof old !== "string" ? next : old;
  return `${change.type} ${typeof name === "string" ? name : change.address}`;
}

function holdersOf(plan: Plan): ReadonlyMap<string, Holder> {
  const groups = groupBy(plan.ofType(...POLICY_TYPES), (change) => keyOf(plan, change));
  const documents = (changes: readonly Change[], side: "before" | "after") =>
    joined(changes.flatMap((change) => documentIn(plan, change, side) ?? []));
  return new Map(
    [...groups].map(([key, changes]) => [
      key,
      {
        kind: placeOf(changes[0] as Change)?.kind ?? "resource",
        created: changes.every((change) => isCreated(plan, change)),
        before: documents(changes, "before"),
        after: documents(changes, "after"),
      },
    ]),
  );
}

/** Whether the plan creates the holder of a policy. */
function isCreated(plan: Plan, change: Change): boolean {
  if (change.kind !== "create") return false;
  const { holder, holderName = "id", holderType = "" } = placeOf(change) ?? {};
  if (holder === undefined) return true;
  const holders = plan.ofType(holderType);
  if (change.isUnknown(holder)) return holders.every(({ kind }) => kind !== "replace");
  return holders.some(({ after, kind }) => kind === "create" && after[holderName] === change.after[holder]);
}
