import { InputError } from "../errors";
import type { Account } from "../system/system";

/** Profiles that replace an account's credentials for one command, by the account's key in `accounts`. */
export type Profiles = Readonly<Record<string, string>>;

/**
 * The account with the credentials for commands on a running system: those of `--profile`, else of
 * `accounts.<account>.operate`, else the ones that Terraform has.
 */
export function operatedAccount(account: Account, profiles: Profiles = {}): Account {
  const profile = profiles[account.name];
  const { assumeRole, operate, profile: own } = account;
  if (profile !== undefined) return { ...account, profile, assumeRole: undefined };
  if (operate === undefined || Object.keys(operate).length === 0) return account;
  return {
    ...account,
    profile: operate.profile ?? (operate.assumeRole ? own : undefined),
    assumeRole: operate.assumeRole ?? (operate.profile ? undefined : assumeRole),
  };
}

/**
 * Reads one `--profile <account>=<name>`, and adds it to those before.
 *
 * @throws InputError if the text has another form.
 */
export function profilesOf(text: string, previous: Profiles = {}): Profiles {
  const [, account, name] = /^([a-z][a-z0-9-]*)=([\w.@+-]+)$/.exec(text) ?? [];
  if (account === undefined || name === undefined)
    throw new InputError(`--profile: expected <account>=<name of an AWS profile>, got "${text}"`);
  return { ...previous, [account]: name };
}
