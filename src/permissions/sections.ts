import { stateArn } from "../system/state";
import { scaledIn, type Environment, type System } from "../system/system";
import { requiredStages, type Stage } from "./calls";
import { eventCalls, notificationCalls, scalingCalls, trafficCalls } from "./calls/environment";
import { operatorCalls, promotionCalls } from "./calls/operators";
import { reviewCalls } from "./calls/source";
import { stateCalls } from "./calls/state";
import { deliveryGuards } from "./guards";
import { stateGuards } from "./guards/bucket";
import { eventGuards, notificationGuards, scalingGuards, trafficGuards } from "./guards/environment";
import { operatorGuards, promotionGuards } from "./guards/operators";
import { reviewGuards } from "./guards/source";
import { missingKeyArn, partiesOf } from "./parties";
import type { Policies } from "./read/policies";
import type { ForbiddenCall, RequiredCall } from "./request";

/** An account that takes part, as `shared` or by the name of its environment. */
export interface Account {
  readonly name: string;
  readonly account: string;
}

/** Calls that belong together: those of one delivery, of an environment, or of Terraform's state. */
export interface Section<Required = RequiredCall, Forbidden = ForbiddenCall> {
  readonly title: string;
  readonly accounts: readonly Account[];
  readonly stages: readonly Stage<Required>[];
  readonly guards: readonly Forbidden[];
}

/** Every call that a system needs, and every call that must be denied in it. */
export function sectionsOf(system: System, { keys }: Policies): Section[] {
  const { environments, notifications, operatorPolicies, promotions, repositories, shared } = system;
  const sharedAccount = { name: "shared", account: shared.id };
  const ownKeys = keys.filter(({ account }) => account === shared.id);
  const keyWith = (alias: string) =>
    ownKeys.find(({ aliases = [] }) => aliases.includes(alias))?.arn ?? missingKeyArn(system, alias);
  const deliveries = system.deliveries.map((one) => partiesOf(one, keyWith(one.names.artifactKeyAlias)));
  const ofEach = (what: string, stage: string, callsOf: CallsOf, guardsOf: GuardsOf) =>
    environments.map((one) =>
      section(`${what} of ${one.name}`, accountOf(one), stage, callsOf(one), guardsOf(one)),
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
    ...ofEach("traffic", "Record", trafficCalls, trafficGuards),
    ...ofEach("events", "Keep", eventCalls, eventGuards),
    ...repositories
      .filter(({ approvals }) => approvals > 0)
      .map((one) =>
        section(`review of ${one.name}`, sharedAccount, "Review", reviewCalls(one), reviewGuards(one)),
      ),
    ...operatorPolicies.map((policy) => {
      const { environment, on, whose } = policy;
      const title = `${whose} of ${on} to ${environment.name}`;
      const account = on === "pipelines" ? sharedAccount : accountOf(environment);
      const guards = operatorGuards(policy, stateArn(system, environment.name));
      return section(title, account, "Operate", operatorCalls(policy), guards);
    }),
    ...promotions.map((one) => {
      const title = `promotion to ${one.environment.name}`;
      return section(title, accountOf(one.environment), "Copy", promotionCalls(one), promotionGuards(one));
    }),
    ...ofEach("scaling", "Scale", (one) => scalingCalls(one, scaledIn(deliveries, one)), scalingGuards),
    ...notifications
      .filter(({ emails }) => emails)
      .map(({ environment: { name, names }, topicArn }) => {
        const own = [topicArn, keyWith(names.notificationKeyAlias)] as const;
        const [calls, guards] = [notificationCalls(...own), notificationGuards(...own)];
        return section(`notifications of ${name}`, sharedAccount, "Notify", calls, guards);
      }),
    section("Terraform's state", sharedAccount, "State", stateCalls(system), stateGuards(system)),
  ];
  return sections.filter(({ stages }) => stages.some(({ calls }) => calls.length > 0));
}

type CallsOf = (environment: Environment) => readonly RequiredCall[];
type GuardsOf = (environment: Environment) => readonly ForbiddenCall[];

const accountOf = ({ account, name }: Environment): Account => ({ name, account: account.id });

const section = (
  title: string,
  account: Account,
  stage: string,
  calls: readonly RequiredCall[],
  guards: readonly ForbiddenCall[],
): Section => ({ title, accounts: [account], stages: [{ name: stage, calls }], guards });
