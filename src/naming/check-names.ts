import type { Check, Fault } from "../config/fault";
import type { Config } from "../config/schema";
import { claimsOf, type Claim } from "./claims";
import { isAllowed, limits } from "./limits";

const fromTemplate = ({ template }: Claim) => (template === undefined ? "" : ` from template "${template}"`);

/** Names that AWS, or only its API after the provider let them pass, refuses. */
function refused(claims: readonly Claim[]): Fault[] {
  return claims
    .filter(({ limit, name }) => !isAllowed(limit, name))
    .map((claim) => ({
      path: claim.path,
      atKey: claim.atKey,
      expected: `the ${limits[claim.limit].kind} name${fromTemplate(claim)} to have ${limits[claim.limit].expected}`,
      got: claim.name,
    }));
}

/** What two names must share to clash. */
function domainOf({ limit, accountId, name }: Claim): string | undefined {
  const { scope } = limits[limit];
  // IAM tells names apart without regard to case.
  const unique = limit === "iamRole" || limit === "iamPolicy" ? name.toLowerCase() : name;
  return scope === "none" ? undefined : [scope === "world" ? "" : accountId, limit, unique].join(" ");
}

/** Two things of one kind with one name. */
function clashing(claims: readonly Claim[]): Fault[] {
  const first = new Map<string, Claim>();
  const faults: Fault[] = [];
  for (const claim of claims) {
    const domain = domainOf(claim);
    if (domain === undefined) continue;
    const other = first.get(domain);
    if (!other) first.set(domain, claim);
    else
      faults.push({
        path: claim.path,
        atKey: claim.atKey,
        expected: `${claim.by} to have another ${limits[claim.limit].kind} name${fromTemplate(claim)} than ${other.by}${fromTemplate(other)}`,
        got: claim.name,
      });
  }
  return faults;
}

/** Every physical name against AWS's limits, and against every other. */
export const checkNames: Check<Config> = (config) => {
  const claims = claimsOf(config);
  return [...refused(claims), ...clashing(claims)];
};
