import type { Path } from "../config/fault";
import type { NameScope, TemplateName } from "../config/names";
import type { Config } from "../config/schema";
import { deliveriesOf, settingsOf } from "../config/settings";
import type { Limit } from "./limits";
import { deliveryNames, deploymentConfigName, environmentNames, givenTemplate, serviceNames } from "./names";
import { nameTable, type NameEntry } from "./table";

/** One physical name that a configuration leads to, and who asks for it. */
export interface Claim {
  readonly name: string;
  readonly limit: Limit;
  /** Who asks: `buildRole of services.awssdk-iam in dev`. */
  readonly by: string;
  /** The key that decides the name, and whether it is the key itself that does. */
  readonly path: Path;
  readonly atKey?: boolean;
  /** The template, where the configuration gives one. */
  readonly template?: string;
  readonly accountId: string;
}

interface Subject {
  readonly environment?: string;
  readonly service?: string;
}

/** Which key decides a name: a repository's own, a template, or else the name of the thing itself. */
function originOf(
  config: Config,
  { name, templated }: NameEntry,
  subject: Subject,
): Pick<Claim, "path" | "atKey" | "template"> {
  const { environment = "", service } = subject;
  const thing = service === undefined ? ["environments", environment] : ["services", service];
  const own = service === undefined ? undefined : config.services[service];
  if (name === "repository" && own?.source.repository !== undefined)
    return { path: [...thing, "source", "repository"] };
  const template = templated ? givenTemplate(config, name as TemplateName, subject) : undefined;
  if (template === undefined) return { path: thing, atKey: true };
  const isOwn = Object.hasOwn(own?.environments[environment]?.names ?? {}, name);
  return { path: isOwn ? [...thing, "environments", environment, "names", name] : ["names", name], template };
}

const FOR_CODECOMMIT: readonly NameEntry["name"][] = [
  "repository",
  "developerPolicy",
  "triggerRule",
  "triggerRole",
];

/** A connection source has no repository of ours, nor a rule that starts the pipeline. */
function isUnused(config: Config, { name }: NameEntry, service = ""): boolean {
  return config.services[service]?.source.connection !== undefined && FOR_CODECOMMIT.includes(name);
}

function claims(
  config: Config,
  scope: NameScope,
  names: Readonly<Record<string, string>>,
  subject: Subject,
): Claim[] {
  const { environment, service } = subject;
  const things = [service && `services.${service}`, environment && `environments.${environment}`].filter(
    Boolean,
  );
  return nameTable
    .filter((entry) => entry.scope === scope && !isUnused(config, entry, service))
    .map((entry) => ({
      name: names[entry.name] ?? "",
      limit: entry.limit,
      by: `${entry.name} of ${things.join(" in ")}`,
      accountId: accountIdOf(config, entry.owner === "shared" ? undefined : environment),
      ...originOf(config, entry, subject),
    }));
}

function accountIdOf({ accounts, environments }: Config, environment?: string): string {
  const name = environment === undefined ? "shared" : (environments[environment]?.account ?? environment);
  return accounts[name]?.id ?? name;
}

/** Buckets whose names a configuration gives as they are. */
function bucketClaims(config: Config): Claim[] {
  const claim = (name: string, path: Path, environment?: string): Claim => ({
    name,
    limit: "s3Bucket",
    by: path.join("."),
    path,
    accountId: accountIdOf(config, environment),
  });
  return [
    claim(config.state.bucket, ["state", "bucket"]),
    ...Object.entries(config.environments).flatMap(([name, { ingress }]) =>
      ingress.accessLogsBucket === undefined
        ? []
        : [claim(ingress.accessLogsBucket, ["environments", name, "ingress", "accessLogsBucket"], name)],
    ),
  ];
}

/** The name of a deployment configuration of our own; AWS's are everybody's. */
function deploymentConfigClaims(
  config: Config,
  environment: string,
  service: string,
  deploymentGroup: string,
): Claim[] {
  const settings = config.services[service];
  const shift = settings && settingsOf(settings, environment).deployment.config;
  if (shift === undefined || typeof shift === "string") return [];
  return [
    {
      name: deploymentConfigName(shift, deploymentGroup),
      limit: "deploymentConfig",
      by: `deploymentConfig of services.${service} in environments.${environment}`,
      path: ["services", service],
      atKey: true,
      accountId: accountIdOf(config, environment),
    },
  ];
}

/** Every physical name of a configuration. */
export function claimsOf(config: Config): Claim[] {
  return [
    ...bucketClaims(config),
    ...Object.keys(config.environments).flatMap((environment) =>
      claims(config, "environment", environmentNames(config, environment), { environment }),
    ),
    ...Object.keys(config.services).flatMap((service) =>
      claims(config, "service", serviceNames(config, service), { service }),
    ),
    ...deliveriesOf(config).flatMap(({ environment, service }) => {
      const names = deliveryNames(config, environment, service);
      return [
        ...claims(config, "delivery", names, { environment, service }),
        ...deploymentConfigClaims(config, environment, service, names.deploymentGroup),
      ];
    }),
  ];
}
