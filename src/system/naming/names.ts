import { createHash } from "node:crypto";
import type { Config } from "../../config/schema";
import { namingLimits, type NamingLimit } from "../../config/schema/name-limits";
import {
  nameRows,
  type NameRow,
  type NameScope,
  type NamesOf,
  type PhysicalName,
} from "../../config/schema/name-table";
import { overridesIn, type Settings } from "../settings";

export type EnvironmentNames = NamesOf<"environment">;
export type ServiceNames = NamesOf<"service">;
/** The names of a delivery, with those of its environment and its service. */
export type DeliveryNames = NamesOf<NameScope>;

/** What a name belongs to. A name of an environment has no service, and the reverse. */
export interface Subject {
  readonly environment?: string;
  readonly service?: string;
}

type Row = NameRow & { readonly name: PhysicalName };

/** The template that the configuration gives to a name: the delivery's own, or the one for all. */
export function givenTemplate(config: Config, { configurable, name }: Row, subject: Subject) {
  if (!configurable) return undefined;
  const { environment = "", service = "" } = subject;
  const own = overridesIn(config.services[service], environment).names?.[name];
  return own ?? config.names[name];
}

/** The name or the template that the configuration gives; undefined if the name has its default. */
function givenName(config: Config, row: Row, subject: Subject): string | undefined {
  const repository = config.services[subject.service ?? ""]?.source.repository;
  return row.name === "repository" && repository !== undefined
    ? repository
    : givenTemplate(config, row, subject);
}

const HASH_LENGTH = 6;

/**
 * A default name as it is if AWS allows its length, else its beginning and a hash of the whole, so that two
 * long names stay two.
 */
export function fitted(name: string, limit: NamingLimit): string {
  const { max } = namingLimits[limit];
  if (name.length <= max) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  const beginning = name.slice(0, max - HASH_LENGTH - 1).replace(/[^A-Za-z0-9]+$/, "");
  return `${beginning}-${hash}`;
}

/** The names of one scope, which may contain the names of `outer` scopes. */
function expand(config: Config, scope: NameScope, subject: Subject, outer: object = {}): object {
  const { environment = "", service = "" } = subject;
  const variables = new Map<string, string>([
    ["organization", config.organization],
    ["environment", environment],
    ["Environment", environment.charAt(0).toUpperCase() + environment.slice(1)],
    ["cluster", config.environments[environment]?.cluster ?? ""],
    ["service", service],
  ]);
  const names = new Map(Object.entries(outer) as [string, string][]);
  const valueOf = (variable: string) =>
    variable === "ecsServiceName" ? names.get("service") : (variables.get(variable) ?? names.get(variable));
  for (const row of nameRows.filter((one) => one.scope === scope)) {
    const given = givenName(config, row, subject);
    const name = (given ?? row.template).replaceAll(
      /\{(\w+)\}/g,
      (_, variable: string) => valueOf(variable) ?? "",
    );
    names.set(row.name, given === undefined ? fitted(name, row.limit) : name);
  }
  return Object.fromEntries(names);
}

export const environmentNames = (config: Config, environment: string) =>
  expand(config, "environment", { environment }) as EnvironmentNames;

export const serviceNames = (config: Config, service: string) =>
  expand(config, "service", { service }) as ServiceNames;

/** The names of a delivery, added to those of its environment and its service. */
export const deliveryNames = (config: Config, subject: Subject, outer: EnvironmentNames & ServiceNames) =>
  expand(config, "delivery", subject, outer) as DeliveryNames;

/**
 * The name of a custom deployment configuration, or of AWS's own. CodeDeploy cannot change one, so the
 * name contains the settings: another traffic shift is another configuration.
 */
export function deploymentConfigName(
  config: Settings["deployment"]["config"],
  deploymentGroup: string,
): string {
  if (typeof config === "string") return config;
  const [kind, { percent, minutes }] =
    "canary" in config ? ["canary", config.canary] : ["linear", config.linear];
  return fitted(`${deploymentGroup}-${kind}-${percent}-percent-${minutes}-minutes`, "deploymentConfig");
}
