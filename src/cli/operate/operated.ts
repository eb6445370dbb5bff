import type { DeliveryClients, EnvironmentClients, SharedClients } from "../../aws/delivery-clients";
import type { Profiles } from "../../aws/operated-account";
import { InputError } from "../../errors";
import type { Account, Delivery, System } from "../../system/system";
import { chosenDelivery } from "../chosen-delivery";
import { configFileOf } from "../paths";

/** The option `profile` of every command on a running system. */
export { profilesOf } from "../../aws/operated-account";

/** A running system, and the clients of its accounts. */
export interface Operated {
  readonly system: System;
  /** @throws Failure if the credentials of one of its two accounts belong to another. */
  readonly clientsOf: (delivery: Delivery) => Promise<DeliveryClients>;
}

/**
 * Reads the configuration, and makes the clients of an account when they are first used.
 *
 * @throws InputError if a profile is of an unknown account.
 */
export async function operatedSystem(env: NodeJS.ProcessEnv, profiles: Profiles = {}): Promise<Operated> {
  const { loadSystem } = await import("../../system/load");
  const { environmentClients, sharedClients } = await import("../../aws/delivery-clients");
  const { operatedAccount } = await import("../../aws/operated-account");
  const { requireAccount } = await import("../../aws/require-account");
  const { config, system } = loadSystem(configFileOf(env));
  for (const name of Object.keys(profiles))
    if (!(name in config.accounts))
      throw new InputError(
        `--profile: expected one of the accounts ${Object.keys(config.accounts).join(", ")}, got "${name}"`,
      );
  const made = new Map<string, Promise<SharedClients | EnvironmentClients>>();
  function once<C extends SharedClients | EnvironmentClients>(
    key: string,
    account: Account,
    make: (account: Account, region: string) => C,
  ): Promise<C> {
    const known = made.get(key) as Promise<C> | undefined;
    if (known) return known;
    const used = operatedAccount(account, profiles);
    const clients = requireAccount(account.name, used, config.region).then(() => make(used, config.region));
    made.set(key, clients);
    return clients;
  }
  return {
    system,
    clientsOf: async ({ account, shared }) => {
      const [there, here] = await Promise.all([
        once(`shared ${shared.name}`, shared, sharedClients),
        once(`environment ${account.name}`, account, environmentClients),
      ]);
      return { shared: there, environment: here };
    },
  };
}

/** One delivery of a running system, with its clients. */
export async function operatedDelivery(
  env: NodeJS.ProcessEnv,
  [service, environment]: readonly (string | undefined)[],
  profiles?: Profiles,
) {
  const { clientsOf, system } = await operatedSystem(env, profiles);
  const delivery = chosenDelivery(system, service, environment);
  return { clients: await clientsOf(delivery), delivery, system };
}
