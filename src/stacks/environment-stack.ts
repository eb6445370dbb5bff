import { Aspects, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { Config, Environment } from "../config/schema";
import { AccessLogBucket } from "../constructs/ingress/access-log-bucket";
import { BlueGreenTargetGroups } from "../constructs/ingress/blue-green-target-groups";
import { LoadBalancer } from "../constructs/ingress/load-balancer";
import { Cluster } from "../constructs/service/cluster";
import { environmentNames } from "../naming/names";
import { AccountStack } from "./account-stack";
import { deliveryOf, type Delivery } from "./delivery";
import { EnvironmentNetwork } from "./environment-network";
import { EnvironmentService } from "./environment-service";
import { ServiceTag } from "./resource-tags";
import { withPriorities } from "./route-priority";

/** A service's place in the tree, with the target groups that the load balancer may have to know. */
interface Beginning {
  readonly delivery: Delivery;
  /** Of its listener rules. */
  readonly priority: number;
  readonly scope: Construct;
  readonly groups: BlueGreenTargetGroups;
}

/** One environment's account: network, cluster, load balancer, and every service with its deployment. */
export class EnvironmentStack extends AccountStack {
  /** Every service as it stands here, by name. */
  public readonly services: ReadonlyMap<string, EnvironmentService>;

  constructor(scope: Construct, id: string, config: Config, environment: Environment) {
    super(scope, id, { config, account: environment.account ?? id, tags: { Environment: id } });
    const { accountId, region } = this;
    const names = environmentNames(config, id);

    const network = new EnvironmentNetwork(this, "network", { environment, names, accountId, region });
    const cluster = new Cluster(this, "cluster", { clusterName: names.cluster });
    const deliveries = Object.keys(config.services).map((service) => deliveryOf(config, id, service));
    const beginnings = this.begin(deliveries, network.vpcId);
    const { certificateArn, testPort, testTrafficFrom } = environment.ingress;
    const loadBalancer = new LoadBalancer(this, "load-balancer", {
      loadBalancerName: names.loadBalancer,
      securityGroupName: names.loadBalancerSecurityGroup,
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      deletionProtection: environment.protect,
      certificateArn,
      testPort,
      testTrafficFrom: testTrafficFrom.length > 0 ? named(testTrafficFrom) : network.origins,
      accessLogs: this.accessLogs(environment),
      defaultTargetGroups: beginnings.find(isAtRoot)?.groups,
    });

    this.services = new Map(
      beginnings.map(({ scope: place, ...beginning }) => [
        beginning.delivery.serviceName,
        new EnvironmentService(place, "delivery", { ...beginning, cluster, loadBalancer, network }),
      ]),
    );
    this.output("load_balancer_url", `${certificateArn ? "https" : "http"}://${loadBalancer.dnsName}`);
    const urls = [...this.services].map(([name, { containerRepositoryUrl }]) => [
      name,
      containerRepositoryUrl,
    ]);
    this.output("container_repository_urls", Object.fromEntries(urls));
  }

  private begin(deliveries: readonly Delivery[], vpcId: string): Beginning[] {
    const services = new Construct(this, "services");
    return withPriorities(deliveries).map(({ route: delivery, priority }) => {
      const scope = new Construct(services, delivery.serviceName);
      Aspects.of(scope).add(new ServiceTag(delivery.serviceName));
      const { names, service } = delivery;
      const groups = new BlueGreenTargetGroups(scope, "target-groups", {
        names: { blue: names.blueTargetGroup, green: names.greenTargetGroup },
        vpcId,
        port: service.port,
        healthCheckPath: service.healthCheckPath,
      });
      return { delivery, priority, scope, groups };
    });
  }

  private accessLogs({ ingress, logRetentionDays, protect }: Environment) {
    if (ingress.accessLogsBucket === undefined) return undefined;
    return new AccessLogBucket(this, "access-logs", {
      bucketName: ingress.accessLogsBucket,
      accountId: this.accountId,
      region: this.region,
      forceDestroy: !protect,
      retentionDays: logRetentionDays,
    });
  }

  private output(name: string, value: unknown) {
    new TerraformOutput(this, name, { value, staticId: true });
  }
}

/** Networks by themselves: one that comes or goes leaves the others' rules alone. */
const named = (networks: readonly string[]) =>
  Object.fromEntries(networks.map((cidr) => [cidr.replace("/", "-"), cidr]));

const isAtRoot = ({ delivery: { service } }: Beginning) => service.host === undefined && service.path === "/";
