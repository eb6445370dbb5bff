import { deltaOf } from "../policy/delta";
import { documentIn, holderOf, placeOf } from "../policy/holders";
import type { Atom } from "../policy/statement";
import type { Rule } from "./rule";

export const rightsLost: Rule = {
  name: "rights-lost",
  finds: "a policy allows less than before, or denies more",
  fact: "What used the right fails with AccessDenied at its next call.",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  judge(change, plan) {
    const place = placeOf(change);
    const holder = place && holderOf(plan, change);
    if (!holder) return undefined;
    const policyEnds = change.kind === "delete" && change.type !== "aws_iam_role";
    // A denial of something that exists can arrive in a policy of its own.
    const arrives = change.kind === "create" && !holder.created;
    if (!(change.stays || policyEnds || arrives)) return undefined;
    if (change.kind === "update" && !change.changed.includes(place.attribute)) return undefined;
    const before = documentIn(plan, change, "before");
    const after = documentIn(plan, change, "after");
    if (!policyEnds && !after) return undefined;
    const empty = { atoms: [], opaque: [] };
    const { revoked } = deltaOf(before ?? empty, holder.after);
    const { denied, opaqueAdded } = deltaOf(holder.before, after ?? empty);
    const judged = [place.attribute];
    const denies = denied.length > 0 || opaqueAdded.some(({ effect }) => effect === "Deny");
    if (revoked.length === 0 && !denies)
      return { verdict: "safe", why: "allows no less than before", judged };
    const shown = ({ resource, written }: Atom) => `${written}${resource && ` on ${resource}`}`;
    const details = [
      ...revoked.map((atom) => `no longer allows ${shown(atom)}`),
      ...denied.map((atom) => `denies ${shown(atom)}`),
    ];
    return {
      verdict: "look",
      why: denies ? "more is denied" : "rights are lost: what used them fails",
      details,
      judged,
    };
  },
};
