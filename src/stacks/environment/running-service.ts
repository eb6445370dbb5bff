import { Construct } from "constructs";
import type { BlueGreenTargetGroups } from "../../constructs/ingress/blue-green-target-groups";
import type { LoadBalancer } from "../../constructs/ingress/load-balancer";
import { ServiceRoute } from "../../constructs/ingress/service-route";
import { ContainerRepository } from "../../constructs/registry/container-repository";
import { BlueGreenService } from "../../constructs/service/blue-green-service";
import type { Cluster } from "../../constructs/service/cluster";
import { Scaling } from "../../constructs/service/scaling";
import { TaskRoles } from "../../constructs/service/task-roles";
import { TaskSecurityGroup } from "../../constructs/service/task-security-group";
import { placeholder } from "../../delivery/placeholder";
import { runtimePlatform } from "../../delivery/task-definition";
import type { Delivery } from "../../system/system";
import type { EnvironmentNetwork } from "./environment-network";
import { containerOf } from "../delivered";
import { configuredPolicies } from "../configured-policies";
import { escapeTemplate } from "../escape-template";

export interface RunningServiceProps {
  readonly delivery: Delivery;
  readonly cluster: Cluster;
  readonly groups: BlueGreenTargetGroups;
  readonly loadBalancer: LoadBalancer;
  readonly network: EnvironmentNetwork;
}

/** What a service runs on: images, roles, tasks and scaling, behind the load balancer. */
export class RunningService extends Construct {
  public readonly serviceName: string;
  public readonly containerRepository: ContainerRepository;
  public readonly securityGroupId: string;
  public readonly taskRoleArn: string;
  public readonly taskRoleName: string;
  public readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: RunningServiceProps) {
    super(scope, id);
    const { cluster, delivery, groups, loadBalancer, network } = props;
    const { account, arns, environment, names, region, service, settings } = delivery;
    const { scaling, task } = settings;

    this.containerRepository = new ContainerRepository(this, "images", {
      repositoryName: names.containerRepository,
      forceDelete: !environment.protect,
    });
    const roles = new TaskRoles(this, "roles", {
      executionRoleName: names.executionRole,
      taskRoleName: names.taskRole,
      accountId: account.id,
      region,
      containerRepositoryArns: [arns.containerRepository, ...delivery.sidecarRepositoryArns],
      logGroupName: names.serviceLogGroup,
      secretArns: delivery.secretArns,
      parameterArns: delivery.parameterArns,
      secretKeyArns: task.secretKeyArns,
      configured: configuredPolicies(delivery.taskPolicies),
      exec: task.exec,
      xray: task.xray,
    });
    const securityGroup = new TaskSecurityGroup(this, "security-group", {
      name: names.serviceSecurityGroup,
      vpcId: network.vpcId,
      loadBalancerSecurityGroupId: loadBalancer.securityGroupId,
    });
    const tasks = new BlueGreenService(this, "tasks", {
      serviceName: names.service,
      clusterArn: cluster.arn,
      taskFamily: names.taskFamily,
      logGroupName: names.serviceLogGroup,
      logRetentionDays: environment.logRetentionDays,
      cpu: task.cpu,
      memoryMiB: task.memory,
      runtimePlatform: runtimePlatform(task.architecture),
      containerDefinitions: placeholderOf(delivery),
      container: { name: service.name, port: settings.port },
      exec: task.exec,
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      desiredCount: task.desiredCount,
      scaled: scaling !== undefined,
      healthCheckGraceSeconds: settings.healthCheck.graceSeconds,
      network: {
        subnetIds: network.taskSubnetIds,
        securityGroupId: securityGroup.securityGroupId,
        publicAddress: network.publicTasks,
      },
      blueTargetGroupArn: groups.blue.arn,
      dependsOn: [...this.routes(props), ...roles.ready],
    });
    if (scaling)
      new Scaling(this, "scaling", {
        ...scaling,
        clusterName: cluster.clusterName,
        serviceName: tasks.serviceName,
        targetGroupSuffixes: [groups.blue.arnSuffix, groups.green.arnSuffix],
      });

    this.serviceName = tasks.serviceName;
    this.securityGroupId = securityGroup.securityGroupId;
    this.taskRoleArn = roles.taskRoleArn;
    this.taskRoleName = names.taskRole;
    this.logGroupName = names.serviceLogGroup;
  }

  /** The listener rules of the service. Requests for a service at `/` are the listeners' default action. */
  private routes({ delivery: { rules }, groups, loadBalancer }: RunningServiceProps) {
    const { productionListener, testListener } = loadBalancer;
    if (rules.length === 0) return [productionListener, testListener];
    return new ServiceRoute(this, "route", {
      productionListenerArn: productionListener.arn,
      testListenerArn: testListener.arn,
      targetGroupArns: { blue: groups.blue.arn, green: groups.green.arn },
      conditions: rules,
    }).rules;
  }
}

/** The containers of the first task, as JSON without Terraform's templates. */
function placeholderOf(delivery: Delivery): string {
  const { healthCheck, healthCheckPath } = delivery.settings;
  const container = containerOf(delivery);
  const health = { healthCheckPath, healthCheckPort: healthCheck.port, status: statusIn(healthCheck.codes) };
  return escapeTemplate(JSON.stringify(placeholder({ container, ...health })));
}

/** A status that codes such as `200-399` or `301,302` contain: 200 if they do. */
function statusIn(codes: string): number {
  const [first = 200, last = first] = codes.split(/[,-]/).map(Number);
  const hasOk = codes.includes("-") ? first <= 200 && last >= 200 : codes.split(",").includes("200");
  return hasOk ? 200 : first;
}
