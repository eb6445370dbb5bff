import type { AccountConfig, Config, EnvironmentConfig, ServiceConfig } from "../config/schema";
import { logGroupArn, regionalArn, roleArn, type Place } from "./arns";
import { environmentNames, serviceNames, type EnvironmentNames, type ServiceNames } from "./naming/names";

/** An account, by its key in `accounts`. */
export interface Account extends AccountConfig {
  readonly name: string;
}

type EnvironmentArns = ReturnType<typeof environmentArns>;

const environmentArns = (names: EnvironmentNames, here: Place) => ({
  flowLogRole: roleArn(here.accountId, names.flowLogRole),
  flowLogGroup: logGroupArn(here, names.flowLogGroup),
  eventLogGroup: logGroupArn(here, names.eventLogGroup),
  taskEventRule: regionalArn(here, "events", `rule/${names.taskEventRule}`),
  deploymentEventRule: regionalArn(here, "events", `rule/${names.deploymentEventRule}`),
  scalingMachine: regionalArn(here, "states", `stateMachine:${names.scalingMachine}`),
  scalingMachineRole: roleArn(here.accountId, names.scalingMachineRole),
  scalingRule: regionalArn(here, "events", `rule/${names.scalingRule}`),
  scalingRuleRole: roleArn(here.accountId, names.scalingRuleRole),
  promotionRole: roleArn(here.accountId, names.promotionRole),
});

/** An environment, with its account and the names of what exists once in it. */
export interface Environment extends Omit<EnvironmentConfig, "account"> {
  readonly name: string;
  readonly account: Account;
  readonly region: string;
  readonly branch: string;
  readonly names: EnvironmentNames;
  readonly arns: EnvironmentArns;
  /** Whether the traffic of a network that is made here is recorded. */
  readonly flowLogs: boolean;
}

/** The port of the listener that gets production traffic. */
export const productionPortOf = ({ ingress }: Pick<Environment, "ingress">) =>
  ingress.certificateArn === undefined ? 80 : 443;

/** A service, with the names of what it has once in the shared account. */
export interface Service {
  readonly name: string;
  readonly source: ServiceConfig["source"];
  readonly names: ServiceNames;
}

/** The account of that key. An unknown key is a fault that is found before anything uses the result. */
export const accountNamed = ({ accounts }: Config, name: string): Account => ({
  name,
  ...(accounts[name] ?? { id: name }),
});

/** For manual starts of a pipeline that Git tags start. */
const DEFAULT_BRANCH = "main";

export function environmentOf(config: Config, name: string, settings: EnvironmentConfig): Environment {
  const account = accountNamed(config, settings.account ?? name);
  const place = { accountId: account.id, region: config.region };
  const names = environmentNames(config, name);
  const { network } = settings;
  return {
    ...settings,
    name,
    account,
    region: config.region,
    branch: settings.branch ?? DEFAULT_BRANCH,
    names,
    arns: environmentArns(names, place),
    flowLogs: "cidr" in network && network.flowLogs,
  };
}

export const serviceOf = (config: Config, name: string, { source }: ServiceConfig): Service => ({
  name,
  source,
  names: serviceNames(config, name),
});
