import { Construct } from "constructs";
import { ArtifactKey, type ArtifactReader } from "../../constructs/artifacts/artifact-key";
import type { Delivery, Service } from "../../system/system";
import type { EnvironmentService } from "../environment/environment-service";
import type { Repositories } from "./repositories";
import { SharedDelivery } from "./shared-delivery";

/** An environment that a service is delivered to, and the service there. */
export interface Destination {
  readonly delivery: Delivery;
  readonly target: EnvironmentService;
}

export interface SharedServiceProps {
  readonly service: Service;
  readonly repositories: Repositories;
  /** The shared account. */
  readonly accountId: string;
  readonly region: string;
  readonly destinations: readonly Destination[];
}

/** One service in the shared account: its source, and its delivery to each environment. */
export class SharedService extends Construct {
  /** `undefined` for a service behind a connection. */
  public readonly cloneUrl?: string;
  public readonly developerPolicyArn?: string;
  /** By environment. */
  public readonly pipelineUrls: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SharedServiceProps) {
    super(scope, id);
    const { destinations, service } = props;
    const { names } = service;
    const repository = props.repositories.of(service, this);
    const protect = destinations.some(({ delivery }) => delivery.environment.protect);

    const key = new ArtifactKey(this, "artifact-key", {
      aliasName: names.artifactKeyAlias,
      description: `Artifacts of ${service.name}`,
      accountId: props.accountId,
      region: props.region,
      protect,
      readers: destinations.filter(({ delivery }) => delivery.crossesAccounts).map(readerOf),
    });
    const deliveries = destinations.map(({ delivery, target }) => {
      const { name } = delivery.environment;
      const { pipelineUrl } = new SharedDelivery(this, name, {
        delivery,
        target,
        repository,
        key,
      });
      return [name, pipelineUrl] as const;
    });

    this.cloneUrl = repository?.cloneUrl;
    this.developerPolicyArn = repository?.developerPolicyArn;
    this.pipelineUrls = Object.fromEntries(deliveries);
  }
}

/** The deploy role of a destination, which reads what it deploys. */
function readerOf({ delivery }: Destination): ArtifactReader {
  return {
    sidPrefix: capitalized(delivery.environment.name),
    accountId: delivery.account.id,
    roleArn: delivery.arns.roles.deploy,
    bucketArn: delivery.arns.artifactBucket,
  };
}

/** A statement's id contains letters and digits only, as an environment's name does. */
const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
