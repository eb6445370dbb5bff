import type { Path } from "../../config/fault";
import type { Config } from "../../config/schema";
import type { NamingLimit } from "../../config/schema/name-limits";
import { nameRows, type NameScope, type PhysicalName } from "../../config/schema/name-table";
import { givenTemplate, type Subject } from "./names";
import { overridesIn } from "../settings";
import { systemOf, type Account, type Delivery, type Environment } from "../system";

/** One physical name that a configuration leads to, and what has it. */
export interface Claim {
  readonly name: string;
  readonly limit: NamingLimit;
  /** What has the name: `buildRole of services.awssdk-iam in environments.dev`. */
  readonly by: string;
  /** The key that decides the name. */
  readonly path: Path;
  /** Whether the name is made of other names, so that a fault of theirs is one of its own. */
  readonly derived?: boolean;
  /** Whether the key itself is the name, not its value. */
  readonly atKey?: boolean;
  /** The template, where the configuration gives one. */
  readonly template?: string;
  readonly accountId: string;
}

/** Names of a repository. Of several services that share one, the first has them. */
const OF_REPOSITORY: readonly PhysicalName[] = ["repository", "developerPolicy", "approvalRule"];
const FOR_CODECOMMIT: readonly PhysicalName[] = [...OF_REPOSITORY, "triggerRule", "triggerRole"];

/** Every physical name of a configuration. */
export function claimsOf(config: Config): Claim[] {
  const { deliveries, environments, repositories, services, shared } = systemOf(config);
  const claims = (scope: NameScope, names: object, subject: Subject, account: Account): Claim[] => {
    const { environment, service = "" } = subject;
    // A source behind a connection has no repository here, nor a rule that starts the pipeline.
    const connected = config.services[service]?.source.connection !== undefined;
    const joins = repositories.some(({ services: [, ...others] }) =>
      others.some(({ name }) => name === service),
    );
    const without = connected ? FOR_CODECOMMIT : joins ? OF_REPOSITORY : [];
    const things = [service && `services.${service}`, environment && `environments.${environment}`];
    return nameRows
      .filter((row) => row.scope === scope && !without.includes(row.name))
      .map((row) => ({
        name: (names as Record<PhysicalName, string>)[row.name],
        limit: row.limit,
        derived: !row.configurable,
        by: `${row.name} of ${things.filter(Boolean).join(" in ")}`,
        accountId: (row.owner === "shared" ? shared : account).id,
        ...originOf(config, row, subject),
      }));
  };
  return [
    ...bucketClaims(config, shared, environments),
    ...environments.flatMap(({ account, name, names }) =>
      claims("environment", names, { environment: name }, account),
    ),
    ...services.flatMap(({ name, names }) => claims("service", names, { service: name }, shared)),
    ...deliveries.flatMap((delivery) => [
      ...claims("delivery", delivery.names, subjectOf(delivery), delivery.account),
      ...deploymentConfigClaims(delivery),
    ]),
  ];
}

const subjectOf = ({ environment, service }: Delivery) => ({
  environment: environment.name,
  service: service.name,
});

/** The key that decides a name: a repository's own, a template, or else the key of what is named. */
function originOf(
  config: Config,
  row: (typeof nameRows)[number],
  subject: Subject,
): Pick<Claim, "path" | "atKey" | "template"> {
  const { environment = "", service } = subject;
  const thing = service === undefined ? ["environments", environment] : ["services", service];
  const own = service === undefined ? undefined : config.services[service];
  if (row.name === "repository" && own?.source.repository !== undefined)
    return { path: [...thing, "source", "repository"] };
  const template = givenTemplate(config, row, subject);
  if (template === undefined) return { path: thing, atKey: true };
  const isOwn = Object.hasOwn(overridesIn(own, environment).names ?? {}, row.name);
  const path = isOwn ? [...thing, "environments", environment, "names", row.name] : ["names", row.name];
  return { path, template };
}

/** Buckets whose names a configuration gives directly. */
function bucketClaims(config: Config, shared: Account, environments: readonly Environment[]): Claim[] {
  const claim = (name: string, path: Path, { id }: Account): Claim => ({
    name,
    limit: "s3Bucket",
    by: path.join("."),
    path,
    accountId: id,
  });
  return [
    claim(config.state.bucket, ["state", "bucket"], shared),
    ...environments.flatMap(({ account, ingress, name }) =>
      ingress.accessLogsBucket === undefined
        ? []
        : [claim(ingress.accessLogsBucket, ["environments", name, "ingress", "accessLogsBucket"], account)],
    ),
  ];
}

/** The name of a custom deployment configuration; AWS's own need no check. */
function deploymentConfigClaims({
  account,
  deploymentConfigName,
  environment,
  service,
  settings,
}: Delivery): Claim[] {
  if (typeof settings.deployment.config === "string") return [];
  return [
    {
      name: deploymentConfigName,
      limit: "deploymentConfig",
      by: `deploymentConfig of services.${service.name} in environments.${environment.name}`,
      path: ["services", service.name],
      atKey: true,
      accountId: account.id,
    },
  ];
}
