import { Construct } from "constructs";
import type { Service } from "../config/schema";
import { ArtifactKey, type ArtifactReader } from "../constructs/artifacts/artifact-key";
import { CodeRepository } from "../constructs/source/code-repository";
import type { ServiceNames } from "../naming/names";
import type { Delivery } from "./delivery";
import type { EnvironmentService } from "./environment-service";
import { SharedDelivery } from "./shared-delivery";

/** An environment that a service goes to, and what stands there. */
export interface Destination {
  readonly delivery: Delivery;
  readonly target: EnvironmentService;
}

export interface SharedServiceProps {
  readonly serviceName: string;
  readonly service: Service;
  readonly names: ServiceNames;
  readonly accountId: string;
  readonly region: string;
  readonly destinations: readonly Destination[];
}

/** One service in the shared account: where its source lies, and its way to each environment. */
export class SharedService extends Construct {
  /** Nothing for a service behind a connection. */
  public readonly cloneUrl?: string;
  public readonly developerPolicyArn?: string;
  /** By environment. */
  public readonly pipelineUrls: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SharedServiceProps) {
    super(scope, id);
    const { destinations, names } = props;
    const protect = destinations.some(({ delivery }) => delivery.environment.protect);

    const repository = props.service.source.connection
      ? undefined
      : new CodeRepository(this, "source", {
          repositoryName: names.repository,
          accountId: props.accountId,
          region: props.region,
          description: `Source of ${props.serviceName}`,
          developerPolicyName: names.developerPolicy,
          preventDestroy: protect,
        });
    const key = new ArtifactKey(this, "artifact-key", {
      aliasName: names.artifactKeyAlias,
      description: `Artifacts of ${props.serviceName}`,
      accountId: props.accountId,
      region: props.region,
      protect,
      readers: destinations.filter(({ delivery }) => delivery.crossesAccounts).map(readerOf),
    });
    const deliveries = destinations.map(({ delivery, target }) => {
      const { pipelineUrl } = new SharedDelivery(this, delivery.environmentName, {
        delivery,
        target,
        repository,
        key,
      });
      return [delivery.environmentName, pipelineUrl] as const;
    });

    this.cloneUrl = repository?.cloneUrl;
    this.developerPolicyArn = repository?.developerPolicyArn;
    this.pipelineUrls = Object.fromEntries(deliveries);
  }
}

/** The deploy role of a destination, which must read what is to be deployed. */
function readerOf({ delivery, target }: Destination): ArtifactReader {
  return {
    // A statement's id takes letters and digits only, as an environment's name does.
    sidPrefix: delivery.environmentName.charAt(0).toUpperCase() + delivery.environmentName.slice(1),
    accountId: delivery.accountId,
    roleArn: target.deployRoleArn,
    bucketArn: delivery.shared.artifactBucketArn,
  };
}
