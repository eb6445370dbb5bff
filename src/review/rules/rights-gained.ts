import type { Plan } from "../plan/plan";
import { at, textsIn } from "../plan/values";
import { deltaOf } from "../policy/delta";
import { documentIn, holderOf, placeOf } from "../policy/holders";
import { passesNewRole } from "../policy/new-role";
import { EXACT, riskOf, type Risk } from "../policy/risk";
import type { Atom, Document } from "../policy/statement";
import type { Finding, Rule } from "./rule";

const NEW_ROLE: Risk = { verdict: "look", why: "a right to pass a role that this plan creates" };

const NOTHING: Document = { atoms: [], opaque: [] };

export const rightsGained: Rule = {
  name: "rights-gained",
  finds: "a policy allows more than before, by meaning: order, ids and how statements are split do not count",
  fact: "A policy takes effect at once. A wildcard also grants what AWS adds later.",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  judge(change, plan) {
    const place = placeOf(change);
    const holder = place && holderOf(plan, change);
    if (!holder || change.kind === "no-op" || change.kind === "drift") return undefined;
    const { attribute } = place;
    if (change.kind === "update" && !change.changed.includes(attribute)) return undefined;
    const own = documentIn(plan, change, "after");
    if (!own && change.kind !== "delete") return undefined;
    // Of this policy, against all policies that the holder has.
    const { granted, opaqueAdded } = deltaOf(holder.before, own ?? NOTHING);
    const { opaqueRemoved, undenied } = deltaOf(documentIn(plan, change, "before") ?? NOTHING, holder.after);
    const risks = granted.map((atom) => ({
      atom,
      ...(passesNewRole(atom, plan) ? NEW_ROLE : riskOf(atom, holder, knownAccounts(plan))),
    }));
    const worst = risks.find(({ verdict }) => verdict === "dangerous");
    const denyLost = undenied.length > 0 || opaqueRemoved.some(({ effect }) => effect === "Deny");
    const opaque = opaqueAdded.some(({ effect }) => effect === "Allow");
    const details = [
      ...risks.map(({ atom, why }) => `allows ${showAtom(atom)}: ${why}`),
      ...undenied.map((atom) => `no longer denies ${showAtom(atom)}`),
    ];
    const found = (verdict: Finding["verdict"], why: string): Finding => {
      return { verdict, why, details, judged: [attribute] };
    };
    if (denyLost) return found("dangerous", "a denial is lost or narrower");
    if (worst)
      return found(
        "dangerous",
        change.isSensitive(attribute) ? "serious rights are gained" : `rights are gained: ${worst.why}`,
      );
    if (opaque && !holder.created)
      return found("dangerous", "a statement with NotAction, NotResource or NotPrincipal allows more");
    if (granted.length === 0 && !opaque)
      return { verdict: "safe", why: "allows no more than before", judged: [attribute] };
    if (holder.created && !opaque && risks.every(({ why }) => why === EXACT.why))
      return { verdict: "safe", why: "exact rights of something new", judged: [attribute] };
    return found("look", holder.created ? "wide rights of something new" : "exact rights are gained");
  },
};

const showAtom = ({ principal, resource, written }: Atom) =>
  [
    written,
    resource && `on ${resource}`,
    principal !== "self" && `for ${principal === "*" ? "everybody" : principal}`,
  ]
    .filter(Boolean)
    .join(" ");

const knownAccounts = (plan: Plan) => plan.once(accountsOf);

/** Accounts of the configuration, of resources that exist, and those that policies name already. */
function accountsOf({ outputs, resources }: Plan): ReadonlySet<string> {
  const system = outputs.find(({ address }) => address === "output.system");
  const accounts = new Set(textsIn(at(system?.after, "value.accounts")));
  for (const { before } of resources)
    for (const text of textsIn(before))
      for (const [, account = ""] of text.matchAll(/arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/g))
        accounts.add(account);
  return accounts;
}
