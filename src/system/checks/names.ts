import type { Check, Fault } from "../../config/fault";
import type { Config } from "../../config/schema";
import { isAllowed, namingLimits } from "../../config/schema/name-limits";
import { DELIVERY_FOLDER } from "../arns";
import { claimsOf, type Claim } from "../naming/claims";

const fromTemplate = ({ template }: Claim) => (template === undefined ? "" : ` from template "${template}"`);

/**
 * One claim for each cause: a template, which many services and environments share, once; and no name that is
 * made of one that is at fault itself.
 */
function causes(claims: readonly Claim[]): Claim[] {
  const paths = new Set<string>();
  return claims.filter(({ derived, name, path }) => {
    const follows = derived && claims.some((other) => !other.derived && name.includes(other.name));
    if (follows || paths.has(path.join("."))) return false;
    paths.add(path.join("."));
    return true;
  });
}

/** Names that AWS refuses, some of them only after the provider has accepted them. */
export const invalidNames: Check<Config> = (config) =>
  causes(claimsOf(config).filter(({ limit, name }) => !isAllowed(limit, name))).map((claim): Fault => ({
    path: claim.path,
    atKey: claim.atKey,
    expected: `the ${namingLimits[claim.limit].kind} name${fromTemplate(claim)} to have ${namingLimits[claim.limit].expected}`,
    got: claim.name,
  }));

/** What two names must share to clash. */
function domainOf({ limit, accountId, name }: Claim): string | undefined {
  const { scope } = namingLimits[limit];
  // IAM names are unique without regard to case.
  const unique = limit === "iamRole" || limit === "iamPolicy" ? name.toLowerCase() : name;
  return scope === "none" ? undefined : [scope === "world" ? "" : accountId, limit, unique].join(" ");
}

/** Two resources of one kind with one name. */
export const clashingNames: Check<Config> = (config) => {
  const first = new Map<string, Claim>();
  const clashes = new Map<Claim, Claim>();
  for (const claim of claimsOf(config)) {
    const domain = domainOf(claim);
    if (domain === undefined) continue;
    const other = first.get(domain);
    if (other) clashes.set(claim, other);
    else first.set(domain, claim);
  }
  const found = new Set(causes([...clashes.keys()]));
  return [...clashes]
    .filter(([claim]) => found.has(claim))
    .map(([claim, other]) => ({
      path: claim.path,
      atKey: claim.atKey,
      expected: `${claim.by} to have another ${namingLimits[claim.limit].kind} name${fromTemplate(claim)} than ${other.by}${fromTemplate(other)}`,
      got: claim.name,
    }));
};

/**
 * The keys of CodePipeline's artifacts start with the pipeline's name, cut to a length that AWS does not
 * document, so roles may write where the name is only the beginning. That must not be the delivery files'
 * folder.
 */
export const pipelinesOverDeliveryFiles: Check<Config> = (config) =>
  causes(
    claimsOf(config).filter(
      ({ limit, name }) => limit === "pipeline" && name !== "" && DELIVERY_FOLDER.startsWith(name),
    ),
  ).map((claim) => ({
    path: claim.path,
    atKey: claim.atKey,
    expected: `a pipeline name${fromTemplate(claim)} that does not begin like ${DELIVERY_FOLDER}/, the folder of the delivery files in the artifact bucket`,
    got: claim.name,
  }));
