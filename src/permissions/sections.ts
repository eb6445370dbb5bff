import { stateArn } from "../system/state";
import { scaledIn, type System } from "../system/system";
import {
  environmentCalls,
  operatorCalls,
  requiredStages,
  reviewCalls,
  scalingCalls,
  stateCalls,
  type Stage,
} from "./calls";
import {
  deliveryGuards,
  environmentGuards,
  operatorGuards,
  reviewGuards,
  scalingGuards,
  stateGuards,
} from "./guards";
import { partiesOf } from "./parties";
import type { Policies } from "./read/policies";
import type { ForbiddenCall } from "./request";

/** An account that takes part, as `shared` or by the name of its environment. */
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
  const { environments, region, shared } = system;
  const sharedAccount = { name: "shared", account: shared.id };
  const ownKeys = keys.filter(({ account }) => account === shared.id);
  const deliveries = system.deliveries.map((delivery) => {
    const alias = delivery.names.artifactKeyAlias;
    return partiesOf(delivery, ownKeys.find(({ aliases = [] }) => aliases.includes(alias))?.arn);
  });
  return [
    ...deliveries.map((own) => {
      const { account, crossesAccounts, environment, service } = own;
      const others = deliveries.filter((other) => other !== own);
      const itsAccount = { name: environment.name, account: account.id };
      return {
        title: `${service.name} to ${environment.name}`,
        accounts: crossesAccounts ? [sharedAccount, itsAccount] : [sharedAccount],
        stages: requiredStages(own),
        guards: deliveryGuards(own, others, [stateArn(system, environment.name), stateArn(system, "shared")]),
      };
    }),
    ...environments.flatMap((environment) => {
      const { account, name } = environment;
      const calls = environmentCalls(environment, region);
      const section = { title: `traffic of ${name}`, accounts: [{ name, account: account.id }] };
      const guards = environmentGuards(environment, region);
      return calls.length > 0 ? [{ ...section, stages: [{ name: "Record", calls }], guards }] : [];
    }),
    ...system.repositories
      .filter(({ approvals }) => approvals > 0)
      .map((repository) => ({
        title: `review of ${repository.name}`,
        accounts: [sharedAccount],
        stages: [{ name: "Review", calls: reviewCalls(repository) }],
        guards: reviewGuards(repository),
      })),
    ...system.operatorPolicies.map((policy) => {
      const { account, name } = policy.environment;
      const title = `operators of ${policy.on} to ${name}`;
      const accounts = [policy.on === "pipelines" ? sharedAccount : { name, account: account.id }];
      const stages = [{ name: "Operate", calls: operatorCalls(policy) }];
      return { title, accounts, stages, guards: operatorGuards(policy) };
    }),
    ...environments.flatMap((environment) => {
      const { account, name } = environment;
      const scaled = scaledIn(system.deliveries, environment);
      const calls = scalingCalls(environment, scaled, region);
      const section = { title: `scaling of ${name}`, accounts: [{ name, account: account.id }] };
      const guards = scalingGuards(environment, region);
      return scaled.length > 0 ? [{ ...section, stages: [{ name: "Scale", calls }], guards }] : [];
    }),
    {
      title: "Terraform's state",
      accounts: [sharedAccount],
      stages: [{ name: "State", calls: stateCalls(system) }],
      guards: stateGuards(system),
    },
  ];
}
