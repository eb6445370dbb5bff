import type { Config } from "../config/schema";
import { bucketArn } from "../naming/arns";
import { chainOf, type Stage } from "./chain";
import { environmentHops, environmentsOf, type EnvironmentParties } from "./chain/environment";
import { stateHops } from "./chain/state";
import { denialsOf } from "./denials";
import { environmentDenials } from "./denials/environment";
import { stateDenials } from "./denials/state";
import type { Evidence } from "./evidence/documents";
import { allParties, strangerBeside, strangerElsewhere, type Parties } from "./parties";
import type { Denial } from "./request";

/** An account that takes part, as a person calls it. */
export interface Lane {
  readonly name: string;
  readonly account: string;
}

/** What is proven together: one delivery, or what an environment or the state needs by itself. */
export interface Section {
  readonly title: string;
  readonly lanes: readonly Lane[];
  readonly stages: readonly Stage[];
  readonly denials: readonly Denial[];
}

/** Everything that a configuration's system must be allowed, and must be refused. */
export function sectionsOf(config: Config, evidence: Evidence): Section[] {
  const deliveries = allParties(config, evidence);
  const shared = config.accounts.shared?.id ?? "";
  return [
    ...deliveries.map((own) => deliverySection(own, deliveries, config)),
    ...environmentsOf(config)
      .map(environmentSection)
      .filter(({ stages }) => stages.length > 0),
    {
      title: "Terraform's state",
      lanes: [{ name: "shared", account: shared }],
      stages: [{ name: "State", hops: stateHops(config.state.bucket, shared) }],
      denials: stateDenials(config.state.bucket, shared),
    },
  ];
}

function deliverySection(own: Parties, deliveries: readonly Parties[], config: Config): Section {
  const others = [
    strangerBeside(own),
    strangerElsewhere(own),
    ...deliveries.filter((other) => other !== own),
  ];
  return {
    title: `${own.service} to ${own.environment}`,
    lanes: [
      { name: "shared", account: own.shared },
      ...(own.account === own.shared ? [] : [{ name: own.environment, account: own.account }]),
    ],
    stages: chainOf(own),
    denials: denialsOf({ own, others }, bucketArn(config.state.bucket)),
  };
}

function environmentSection(parties: EnvironmentParties): Section {
  const hops = environmentHops(parties);
  return {
    title: `traffic of ${parties.environment}`,
    lanes: [{ name: parties.environment, account: parties.account }],
    stages: hops.length > 0 ? [{ name: "Record", hops }] : [],
    denials: environmentDenials(parties),
  };
}
