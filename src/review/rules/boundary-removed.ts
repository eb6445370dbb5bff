import type { Rule } from "./rule";
import { isDropped } from "./weaker";

export const boundaryRemoved: Rule = {
  name: "boundary-removed",
  finds: "the permissions boundary of a role or user is removed or becomes another one",
  fact: "A boundary limits what all policies of a role can allow. Without it they count in full.",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  judge({ after, before, changed, kind }) {
    const attribute = "permissions_boundary";
    if (kind !== "update" || !changed.includes(attribute)) return undefined;
    const judged = [attribute];
    if (isDropped(before[attribute], after[attribute]))
      return { verdict: "dangerous", why: "the permissions boundary is removed", judged };
    return isDropped(after[attribute], before[attribute])
      ? { verdict: "look", why: "a permissions boundary is added: it can take rights away", judged }
      : { verdict: "look", why: "another permissions boundary", judged };
  },
};
