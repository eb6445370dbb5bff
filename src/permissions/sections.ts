import type { System } from "../system/system";
import { environmentCalls, requiredStages, stateCalls, type Stage } from "./calls";
import { deliveryGuards, environmentGuards, stateGuards } from "./guards";
import { partiesOf, type Parties } from "./parties";
import type { Policies } from "./read/policies";
import type { ForbiddenCall } from "./request";

/** An account that takes part, with its name in the configuration or its environment's. */
export interface Account {
  readonly name: string;
  readonly account: string;
}

/** Calls that belong together: those of one delivery, of an environment, or of Terraform's state. */
export interface Section {
  readonly title: string;
  readonly accounts: readonly Account[];
  readonly stages: readonly Stage[];
  readonly guards: readonly ForbiddenCall[];
}

/** Every call that a system needs, and every call that must be denied in it. */
export function sectionsOf(system: System, { keys }: Policies): Section[] {
  const { environments, region, shared, stateBucket } = system;
  const deliveries = system.deliveries.map((delivery) => {
    const isOwn = (key: (typeof keys)[number]) =>
      key.account === shared.id && key.aliases?.includes(delivery.names.artifactKeyAlias);
    return partiesOf(delivery, keys.find(isOwn)?.arn);
  });
  const sharedAccount = { name: "shared", account: shared.id };
  return [
    ...deliveries.map((own) => deliverySection(own, deliveries, stateBucket, sharedAccount)),
    ...environments.flatMap((environment): Section[] => {
      const { account, name } = environment;
      const calls = environmentCalls(environment, region);
      if (calls.length === 0) return [];
      return [
        {
          title: `traffic of ${name}`,
          accounts: [{ name, account: account.id }],
          stages: [{ name: "Record", calls }],
          guards: environmentGuards(environment, region),
        },
      ];
    }),
    {
      title: "Terraform's state",
      accounts: [sharedAccount],
      stages: [{ name: "State", calls: stateCalls(stateBucket, shared.id) }],
      guards: stateGuards(stateBucket, shared.id),
    },
  ];
}

function deliverySection(
  own: Parties,
  deliveries: readonly Parties[],
  stateBucket: string,
  shared: Account,
): Section {
  const { account, crossesAccounts, environment, service } = own;
  const others = deliveries.filter((other) => other !== own);
  return {
    title: `${service.name} to ${environment.name}`,
    accounts: [shared, ...(crossesAccounts ? [{ name: environment.name, account: account.id }] : [])],
    stages: requiredStages(own),
    guards: deliveryGuards(own, others, stateBucket),
  };
}
