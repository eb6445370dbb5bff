import type { Delivery } from "./delivery";
import type { Service } from "./parts";

/** A CodeCommit repository, with the services that are built from it, in the order of the configuration. */
export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly developerPolicy: string;
  readonly developerPolicyArn: string;
  readonly services: readonly [Service, ...Service[]];
  /** How many people must approve a pull request to a protected branch; with 0, developers may push there. */
  readonly approvals: number;
  /** Branches that are delivered to protected environments. */
  readonly protectedBranches: readonly string[];
}

/** The CodeCommit repositories of some services, each once. A service behind a connection has none. */
export function repositoriesOf(services: readonly Service[], deliveries: readonly Delivery[]): Repository[] {
  const committed = services.filter(({ source }) => source.connection === undefined);
  const names = new Set(committed.map((service) => service.names.repository));
  return [...names].flatMap((name): Repository[] => {
    const [first, ...others] = committed.filter((service) => service.names.repository === name);
    const own = deliveries.filter(({ service }) => service.names.repository === name);
    const arns = own[0]?.arns;
    if (!first || !arns) return [];
    return [
      {
        name,
        arn: arns.repository,
        developerPolicy: first.names.developerPolicy,
        developerPolicyArn: arns.developerPolicy,
        services: [first, ...others],
        approvals: Math.max(...[first, ...others].map(({ source }) => source.approvals)),
        protectedBranches: [
          ...new Set(own.filter(({ environment }) => environment.protect).map(({ branch }) => branch)),
        ],
      },
    ];
  });
}
