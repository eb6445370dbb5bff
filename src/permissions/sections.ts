import { stateArn } from "../system/state";
import { scaledIn, type Environment, type System } from "../system/system";
import {
  environmentCalls,
  eventCalls,
  notificationCalls,
  operatorCalls,
  promotionCalls,
  requiredStages,
  reviewCalls,
  scalingCalls,
  stateCalls,
  type Stage,
} from "./calls";
import {
  deliveryGuards,
  environmentGuards,
  eventGuards,
  notificationGuards,
  operatorGuards,
  promotionGuards,
  reviewGuards,
  scalingGuards,
  stateGuards,
} from "./guards";
import { missingKeyArn, partiesOf } from "./parties";
import type { Policies } from "./read/policies";
import type { ForbiddenCall, RequiredCall } from "./request";

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
  const keyWith = (alias: string) => ownKeys.find(({ aliases = [] }) => aliases.includes(alias))?.arn;
  const deliveries = system.deliveries.map((delivery) =>
    partiesOf(delivery, keyWith(delivery.names.artifactKeyAlias)),
  );
  const sections = [
    ...deliveries.map((own): Section => {
      const { crossesAccounts, environment, service } = own;
      const others = deliveries.filter((other) => other !== own);
      return {
        title: `${service.name} to ${environment.name}`,
        accounts: crossesAccounts ? [sharedAccount, accountOf(environment)] : [sharedAccount],
        stages: requiredStages(own),
        guards: deliveryGuards(own, others, [stateArn(system, environment.name), stateArn(system, "shared")]),
      };
    }),
    ...environments.map((environment) => {
      const calls = environmentCalls(environment, region);
      const guards = environmentGuards(environment, region);
      return section(`traffic of ${environment.name}`, accountOf(environment), "Record", calls, guards);
    }),
    ...environments.map((environment) => {
      const title = `events of ${environment.name}`;
      const guards = eventGuards(environment);
      return section(title, accountOf(environment), "Keep", eventCalls(environment), guards);
    }),
    ...system.repositories
      .filter(({ approvals }) => approvals > 0)
      .map((one) =>
        section(`review of ${one.name}`, sharedAccount, "Review", reviewCalls(one), reviewGuards(one)),
      ),
    ...system.operatorPolicies.map((policy) => {
      const { environment, on, whose } = policy;
      const title = `${whose} of ${on} to ${environment.name}`;
      const account = on === "pipelines" ? sharedAccount : accountOf(environment);
      const guards = operatorGuards(policy, stateArn(system, environment.name));
      return section(title, account, "Operate", operatorCalls(policy), guards);
    }),
    ...system.promotions.map((one) => {
      const title = `promotion to ${one.environment.name}`;
      return section(title, accountOf(one.environment), "Copy", promotionCalls(one), promotionGuards(one));
    }),
    ...environments.map((environment) => {
      const calls = scalingCalls(environment, scaledIn(deliveries, environment), region);
      const guards = scalingGuards(environment, region);
      return section(`scaling of ${environment.name}`, accountOf(environment), "Scale", calls, guards);
    }),
    ...system.notifications
      .filter(({ emails }) => emails)
      .map((one) => {
        const { name, names } = one.environment;
        const keyArn =
          keyWith(names.notificationKeyAlias) ?? missingKeyArn(system, names.notificationKeyAlias);
        const calls = notificationCalls(one, keyArn);
        return section(
          `notifications of ${name}`,
          sharedAccount,
          "Notify",
          calls,
          notificationGuards(one, keyArn),
        );
      }),
    section("Terraform's state", sharedAccount, "State", stateCalls(system), stateGuards(system)),
  ];
  return sections.filter(({ stages }) => stages.some(({ calls }) => calls.length > 0));
}

const accountOf = ({ account, name }: Environment): Account => ({ name, account: account.id });

const section = (
  title: string,
  account: Account,
  stage: string,
  calls: readonly RequiredCall[],
  guards: readonly ForbiddenCall[],
): Section => ({ title, accounts: [account], stages: [{ name: stage, calls }], guards });
