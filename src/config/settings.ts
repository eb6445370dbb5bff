import type { AccountConfig, Config } from "./schema";

/** An account by its key in `accounts`. */
export function accountOf({ accounts }: Config, name: string): AccountConfig {
  const account = accounts[name];
  if (!account) throw new Error(`unknown account "${name}": the configuration was not checked`);
  return account;
}
