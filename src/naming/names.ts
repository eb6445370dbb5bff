import type { NameScope, TemplateName } from "../config/names";
import type { Config } from "../config/schema";
import type { Settings } from "../config/settings";
import { nameTable, type NameEntry, type NamesOf } from "./table";

export type EnvironmentNames = NamesOf<"environment">;
export type ServiceNames = NamesOf<"service">;
/** All names that one service's delivery to one environment meets. */
export type DeliveryNames = NamesOf<NameScope>;

/** What a set of names is for. A service's own names need no environment. */
interface Subject {
  readonly environment?: string;
  readonly service?: string;
}

/** The template that a configuration gives to a name: a delivery's own, or the one for all. */
export function givenTemplate(
  config: Config,
  name: TemplateName,
  { environment = "", service = "" }: Subject,
) {
  const own = config.services[service]?.environments[environment]?.names?.[name];
  return own ?? config.names[name];
}

function templateOf(config: Config, { name, templated, template }: NameEntry, subject: Subject): string {
  const repository = config.services[subject.service ?? ""]?.source.repository;
  if (name === "repository" && repository !== undefined) return repository;
  return (templated ? givenTemplate(config, name as TemplateName, subject) : undefined) ?? template;
}

function expand(config: Config, scopes: readonly NameScope[], subject: Subject): Record<string, string> {
  const { environment = "", service = "" } = subject;
  const own = new Map([
    ["organization", config.organization],
    ["environment", environment],
    ["Environment", environment.charAt(0).toUpperCase() + environment.slice(1)],
    ["cluster", config.environments[environment]?.cluster ?? ""],
    ["service", service],
  ]);
  const names = new Map<string, string>();
  for (const entry of nameTable.filter(({ scope }) => scopes.includes(scope))) {
    const valueOf = (_: string, variable: string) =>
      variable === "serviceName"
        ? (names.get("service") ?? "")
        : (own.get(variable) ?? names.get(variable) ?? "");
    names.set(entry.name, templateOf(config, entry, subject).replaceAll(/\{(\w+)\}/g, valueOf));
  }
  return Object.fromEntries(names);
}

/** Names of what exists once an environment. */
export function environmentNames(config: Config, environment: string): EnvironmentNames {
  return expand(config, ["environment"], { environment }) as EnvironmentNames;
}

/** Names of what exists once a service, in the shared account. */
export function serviceNames(config: Config, service: string): ServiceNames {
  return expand(config, ["service"], { service }) as ServiceNames;
}

export function deliveryNames(config: Config, environment: string, service: string): DeliveryNames {
  return expand(config, ["environment", "service", "delivery"], { environment, service }) as DeliveryNames;
}

/**
 * The name of a custom deployment configuration, or of AWS's own. CodeDeploy cannot change one, so
 * the name holds what it says: another shift of traffic is another configuration.
 */
export function deploymentConfigName(
  config: Settings["deployment"]["config"],
  deploymentGroup: string,
): string {
  if (typeof config === "string") return config;
  const [kind, { percent, minutes }] =
    "canary" in config ? ["canary", config.canary] : ["linear", config.linear];
  return `${deploymentGroup}-${kind}-${percent}-percent-${minutes}-minutes`;
}
