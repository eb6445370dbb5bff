import type { Config } from "../config/schema";
import { accountOf } from "./arn";
import { environmentsOf } from "./chain/environment";
import { noEvidence } from "./evidence/documents";
import { allParties } from "./parties";

/** What an account must hold, by name. */
export interface Expected {
  readonly roles: Set<string>;
  readonly buckets: Set<string>;
  /** `alias/…` */
  readonly keyAliases: Set<string>;
  readonly repositories: Set<string>;
  /** ARNs */
  readonly managedPolicies: Set<string>;
}

/** By account id: whose documents a proof of the configuration needs. */
export function expectedOf(config: Config): Map<string, Expected> {
  const accounts = new Map<string, Expected>();
  const inAccount = (id: string): Expected => {
    const expected = accounts.get(id) ?? nothing();
    accounts.set(id, expected);
    return expected;
  };
  for (const { account, connection, developerPolicy, keyAlias, names, roles, shared } of allParties(
    config,
    noEvidence,
  )) {
    for (const role of Object.values(roles)) {
      if (role === roles.trigger && connection !== undefined) continue;
      inAccount(accountOf(role)).roles.add(role.slice(role.lastIndexOf("/") + 1));
    }
    inAccount(shared).buckets.add(names.artifactBucket);
    inAccount(shared).keyAliases.add(keyAlias);
    if (connection === undefined) inAccount(shared).managedPolicies.add(developerPolicy);
    inAccount(account).repositories.add(names.containerRepository);
  }
  for (const { account, accessLogsBucket, flowLogs, names } of environmentsOf(config)) {
    if (flowLogs) inAccount(account).roles.add(names.flowLogRole);
    if (accessLogsBucket !== undefined) inAccount(account).buckets.add(accessLogsBucket);
  }
  inAccount(config.accounts.shared?.id ?? "").buckets.add(config.state.bucket);
  return accounts;
}

const nothing = (): Expected => ({
  roles: new Set(),
  buckets: new Set(),
  keyAliases: new Set(),
  repositories: new Set(),
  managedPolicies: new Set(),
});
