import { Aspects, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { AccessLogBucket } from "../constructs/ingress/access-log-bucket";
import { AliasRecords } from "../constructs/ingress/alias-records";
import { BlueGreenTargetGroups } from "../constructs/ingress/blue-green-target-groups";
import { LoadBalancer } from "../constructs/ingress/load-balancer";
import { named } from "../constructs/ingress/load-balancer-access";
import { EventLog } from "../constructs/operation/event-log";
import { Cluster } from "../constructs/service/cluster";
import { ScalingPause } from "../constructs/service/scaling-pause";
import { exactHosts, zonesOf } from "../system/routes/hosts";
import { scaledIn, type Delivery, type Environment, type System } from "../system/system";
import { AccountStack } from "./account-stack";
import { environmentOperators } from "./environment/environment-operators";
import { environmentOutputs } from "./environment/environment-outputs";
import { EnvironmentNetwork } from "./environment/environment-network";
import { EnvironmentService } from "./environment/environment-service";
import { ServiceTag } from "./resource-tags";

/** A service's scope, with the target groups that the load balancer may need. */
interface ServiceSlot {
  readonly delivery: Delivery;
  readonly scope: Construct;
  readonly groups: BlueGreenTargetGroups;
}

/** One environment's account: network, cluster, load balancer, and every service with its deployment. */
export class EnvironmentStack extends AccountStack {
  /** Every service of the environment, by name. */
  public readonly services: ReadonlyMap<string, EnvironmentService>;

  constructor(scope: Construct, id: string, system: System, environment: Environment) {
    super(scope, id, { system, account: environment.account, tags: { Environment: id } });
    const { region } = system;
    const { names } = environment;

    const network = new EnvironmentNetwork(this, "network", { environment, region });
    const cluster = new Cluster(this, "cluster", {
      clusterName: names.cluster,
      containerInsights: environment.containerInsights,
    });
    const deliveries = system.deliveries.filter((delivery) => delivery.environment === environment);
    const slots = this.prepareServices(deliveries, network.vpcId);
    const { allowFrom, certificateArn, hostedZones, internal, testTrafficFrom } = environment.ingress;
    const loadBalancer = new LoadBalancer(this, "load-balancer", {
      ...environment.ingress,
      loadBalancerName: names.loadBalancer,
      securityGroupName: names.loadBalancerSecurityGroup,
      vpcId: network.vpcId,
      subnetIds: internal ? network.privateSubnetIds : network.publicSubnetIds,
      deletionProtection: environment.protect,
      allowFrom: named(allowFrom),
      testTrafficFrom: testTrafficFrom.length > 0 ? named(testTrafficFrom) : network.origins,
      accessLogs: this.accessLogs(environment, region),
      defaultTargetGroups: slots.find(({ delivery }) => delivery.rules.length === 0)?.groups,
    });

    this.services = new Map(
      slots.map(({ scope: serviceScope, ...slot }) => [
        slot.delivery.service.name,
        new EnvironmentService(serviceScope, "delivery", { ...slot, cluster, loadBalancer, network }),
      ]),
    );
    this.pauseScaling(environment, scaledIn(deliveries, environment), region);
    new EventLog(this, "events", {
      logGroupName: names.eventLogGroup,
      policyName: names.eventLogPolicy,
      taskRuleName: names.taskEventRule,
      deploymentRuleName: names.deploymentEventRule,
      accountId: environment.account.id,
      region,
      clusterName: cluster.clusterName,
    });
    const { policyArns } = environmentOperators(this, system, environment);
    this.output("reader_policy_arns", policyArns.readers[id] ?? []);
    this.output("operator_policy_arns", policyArns.operators[id] ?? []);
    const hosts = exactHosts(deliveries);
    new AliasRecords(this, "records", { loadBalancer, zoneIds: zonesOf(hosts, hostedZones) });
    // No certificate names the load balancer's own name.
    const url = certificateArn
      ? `https://${hosts[0] ?? loadBalancer.dnsName}`
      : `http://${loadBalancer.dnsName}`;
    this.output("load_balancer_url", url);
    const { services } = this;
    for (const [name, value] of Object.entries(environmentOutputs({ loadBalancer, network, services })))
      this.output(name, value);
  }

  private prepareServices(deliveries: readonly Delivery[], vpcId: string): ServiceSlot[] {
    const services = new Construct(this, "services");
    return deliveries.map((delivery) => {
      const { names, service, settings } = delivery;
      const scope = new Construct(services, service.name);
      Aspects.of(scope).add(new ServiceTag(service.name));
      const groups = new BlueGreenTargetGroups(scope, "target-groups", {
        names: { blue: names.blueTargetGroup, green: names.greenTargetGroup },
        vpcId,
        port: settings.port,
        healthCheck: { ...settings.healthCheck, path: settings.healthCheckPath },
        stickinessSeconds: settings.stickinessSeconds,
        drainSeconds: settings.drainSeconds,
      });
      return { delivery, scope, groups };
    });
  }

  private pauseScaling({ account, names }: Environment, scaled: readonly Delivery[], region: string) {
    if (scaled.length === 0) return;
    new ScalingPause(this, "scaling-pause", {
      machineName: names.scalingMachine,
      machineRoleName: names.scalingMachineRole,
      ruleName: names.scalingRule,
      ruleRoleName: names.scalingRuleRole,
      accountId: account.id,
      region,
      services: scaled.map(({ names: own }) => ({
        applicationName: own.codeDeployApplication,
        deploymentGroupName: own.deploymentGroup,
        clusterName: own.cluster,
        serviceName: own.service,
      })),
    });
  }

  private accessLogs({ account, ingress, logRetentionDays, protect }: Environment, region: string) {
    if (ingress.accessLogsBucket === undefined) return undefined;
    return new AccessLogBucket(this, "access-logs", {
      bucketName: ingress.accessLogsBucket,
      accountId: account.id,
      region,
      forceDestroy: !protect,
      retentionDays: logRetentionDays,
    });
  }

  private output(name: string, value: unknown) {
    new TerraformOutput(this, name, { value, staticId: true });
  }
}
