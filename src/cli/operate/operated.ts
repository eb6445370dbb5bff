import type { DeliveryClients, EnvironmentClients, SharedClients } from "../../aws/delivery-clients";
import { profilesOf, type Profiles } from "../../aws/operated-account";
import { InputError } from "../../errors";
import type { Account, Delivery, System } from "../../system/system";
import { chosenDelivery } from "../chosen-delivery";
import { configFileOf } from "../paths";

/** The options of every command on a running system. */
export const OPERATED = {
  profile: {
    value: "<account=name>",
    description:
      "the AWS profile for an account of the configuration, in place of accounts.<account>.operate; can be given several times",
    parse: (text: string, previous?: unknown): Profiles => profilesOf(text, previous as Profiles | undefined),
  },
} as const;

/** A running system, and the clients of its accounts. */
export interface Operated {
  readonly system: System;
  /** @throws Failure if there are no credentials for one of its two accounts, or those of another account. */
  readonly clientsOf: (delivery: Delivery) => Promise<DeliveryClients>;
}

/** Keeps what was made for a key. */
function once<Made>(make: (account: Account) => Promise<Made>) {
  const made = new Map<string, Promise<Made>>();
  return (account: Account): Promise<Made> => {
    const known = made.get(account.name) ?? make(account);
    made.set(account.name, known);
    return known;
  };
}

/**
 * Reads the configuration. The clients of an account are made when they are first used.
 *
 * @throws InputError if the configuration cannot be used, or a profile is of an unknown account.
 */
export async function operatedSystem(env: NodeJS.ProcessEnv, profiles: Profiles = {}): Promise<Operated> {
  const { loadSystem } = await import("../../system/load");
  const { systemOf } = await import("../../system/system");
  const { environmentClients, sharedClients } = await import("../../aws/delivery-clients");
  const { operatedAccount } = await import("../../aws/operated-account");
  const { requireAccount } = await import("../../aws/require-account");
  const { reachableConfig } = await import("../../local/overrides");
  const { config, system } = loadSystem(configFileOf(env));
  const names = Object.keys(config.accounts);
  for (const name of Object.keys(profiles))
    if (!names.includes(name))
      throw new InputError(`--profile: expected one of the accounts ${names.join(", ")}, got "${name}"`);
  const { accounts } = systemOf(reachableConfig(config, env.AWS_ENDPOINT_URL));
  const prepare = async ({ name }: Account) => {
    const account = accounts.find((one) => one.name === name);
    if (!account) throw new Error(`no account ${name}`);
    const used = operatedAccount(account, profiles);
    await requireAccount(name, used, config.region);
    return used;
  };
  const shared = once<SharedClients>(async (one) => sharedClients(await prepare(one), config.region));
  const environment = once<EnvironmentClients>(async (one) =>
    environmentClients(await prepare(one), config.region),
  );
  return {
    system,
    clientsOf: async (delivery) => {
      const [there, here] = await Promise.all([shared(delivery.shared), environment(delivery.account)]);
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
