import { unrelatedParties, type Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { artifactGuards, deliveryFileGuards } from "./artifacts";
import { stateAccessGuards, tlsGuards, uploadGuards } from "./bucket";
import { configuredGuards } from "./configured";
import { roleGuards } from "./roles";
import { trustGuards } from "./trusts";

/**
 * Calls that must be denied to a delivery's roles, and to everyone else on its resources.
 *
 * The check for excess permissions finds every action, resource and principal that no required call uses. It
 * cannot tell whether a condition is strict enough. So guards cover conditions, other accounts and deny
 * statements, and the calls that would do the most damage.
 *
 * @param others The other deliveries of the configuration.
 * @param stateArns The states of the delivery's environment and of the shared account.
 */
export function deliveryGuards(
  own: Parties,
  others: readonly Parties[],
  stateArns: readonly [string, string],
): ForbiddenCall[] {
  const unrelated = unrelatedParties(own);
  const neighbors = [unrelated, ...others.filter((other) => sharesKeyOrAccount(own, other))] as const;
  return [
    ...trustGuards(own, neighbors),
    ...artifactGuards(own, neighbors),
    ...deliveryFileGuards(own, neighbors),
    ...uploadGuards(own),
    ...tlsGuards(own.names.artifactBucket, own.shared.id),
    ...roleGuards(own),
    ...stateAccessGuards(own, stateArns[0]),
    ...configuredGuards(own, [unrelated, ...others], stateArns),
  ];
}

/** Other deliveries differ from an unrelated one in their names only. */
const sharesKeyOrAccount = (own: Parties, other: Parties) =>
  own.service.name === other.service.name || own.account.id === other.account.id;
