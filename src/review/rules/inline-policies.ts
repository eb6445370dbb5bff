import { blocksOf, type Values } from "../plan/values";
import { deltaOf, joined } from "../policy/delta";
import { EXACT, riskOf } from "../policy/risk";
import { parseDocument, type Document } from "../policy/statement";
import type { Finding, Rule } from "./rule";

const ATTRIBUTE = "inline_policy";

export const inlinePolicies: Rule = {
  name: "inline-policies",
  finds: "the policies inside of a role allow more or less than before",
  fact: "Blocks inline_policy of a role are a complete list: Terraform removes every other inline policy.",
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#inline_policy",
  judge(change) {
    if (change.type !== "aws_iam_role" || !change.changed.includes(ATTRIBUTE)) return undefined;
    const judged = [ATTRIBUTE];
    const [before, after] = [documentOf(change.before), documentOf(change.after)];
    if (change.kind === "create") return ofNewRole(after);
    if (change.kind !== "update") return undefined;
    if (change.isUnknown(ATTRIBUTE))
      return { verdict: "look", why: "known only at apply: inline_policy", judged };
    const delta = deltaOf(before, after);
    const holder = { kind: "identity", created: false, before, after } as const;
    const serious = delta.granted.some((atom) => riskOf(atom, holder, new Set()).verdict === "dangerous");
    const opaque = delta.opaqueAdded.some(({ effect }) => effect === "Allow");
    const denyLost = delta.undenied.length > 0 || delta.opaqueRemoved.some(({ effect }) => effect === "Deny");
    if (denyLost) return { verdict: "dangerous", why: "a denial is lost or narrower", judged };
    return serious || opaque
      ? { verdict: "dangerous", why: "serious rights are gained", judged }
      : { verdict: "look", why: "its inline policies are other ones", judged };
  },
};

/** As for policies of its own, a new role may have rights, but not all of them. */
function ofNewRole(after: Document): Finding | undefined {
  const holder = { kind: "identity", created: true, before: joined([]), after } as const;
  const risks = after.atoms.map((atom) => riskOf(atom, holder, new Set()));
  if (risks.some(({ verdict }) => verdict === "dangerous"))
    return { verdict: "dangerous", why: "a new role may do everything" };
  return after.opaque.length > 0 || risks.some(({ why }) => why !== EXACT.why)
    ? { verdict: "look", why: "wide rights of a new role" }
    : undefined;
}

const documentOf = (role: Values): Document =>
  joined(blocksOf(role[ATTRIBUTE]).flatMap(({ policy }) => parseDocument(policy) ?? []));
