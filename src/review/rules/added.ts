import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";
import { textsOf } from "../plan/values";
import { carries } from "./kinds";
import type { Rule } from "./rule";

/** Types that change something else as soon as they exist, and the attribute that names it. */
const CHANGES: Readonly<Record<string, string | undefined>> = {
  aws_ecr_lifecycle_policy: "repository",
  aws_network_acl: "subnet_ids",
  aws_s3_bucket_lifecycle_configuration: "bucket",
  aws_s3_bucket_notification: "bucket",
};

export const added: Rule = {
  name: "added",
  finds: "something is created or read",
  fact: "A new resource is used only after something refers to it. A few change existing things at once: a lifecycle deletes objects and images, and a record of DNS can overwrite another.",
  see: "https://developer.hashicorp.com/terraform/internals/json-format#change-representation",
  judge(change, plan) {
    const { after, kind, managed, type } = change;
    if (kind === "read" || (!managed && type !== "output")) return { verdict: "safe", why: "only read" };
    if (kind !== "create" || carries(type) === undefined) return undefined;
    if (after.allow_overwrite === true)
      return { verdict: "look", why: "new, but it can overwrite a record that exists" };
    const existing = changedBy(change, plan);
    return existing === undefined
      ? { verdict: "safe", why: "new" }
      : { verdict: "look", why: `new, and counts at once for ${existing}, which exists` };
  },
};

/** What a new resource changes, if the plan does not create that too. */
function changedBy({ after, type }: Change, plan: Plan): string | undefined {
  const attribute = CHANGES[type];
  const created = attribute === undefined ? undefined : plan.once(namesOfNew);
  return textsOf(attribute && after[attribute]).find((name) => created?.has(name) === false);
}

const namesOfNew = ({ resources }: Plan): ReadonlySet<unknown> =>
  new Set(
    resources
      .filter(({ type }) => ["data", "traffic"].includes(carries(type) ?? ""))
      .filter(({ kind }) => kind === "create" || kind === "replace")
      .flatMap(({ after }) => [after.bucket, after.id, after.name]),
  );
