import { Construct } from "constructs";
import { BlueGreenDeployment } from "../../constructs/deployment/blue-green-deployment";
import { DeployRole } from "../../constructs/deployment/deploy-role";
import { PushRole } from "../../constructs/deployment/push-role";
import { RollbackAlarms } from "../../constructs/deployment/rollback-alarms";
import { TrafficShift } from "../../constructs/deployment/traffic-shift";
import type { Delivery } from "../../system/system";
import type { RunningService, RunningServiceProps } from "./running-service";

export interface ServiceReleaseProps extends RunningServiceProps {
  readonly running: RunningService;
}

/** How a service is released, and the two roles that the shared account assumes for it. */
export class ServiceRelease extends Construct {
  public readonly pushRoleArn: string;
  public readonly deployRoleArn: string;
  public readonly applicationName: string;
  public readonly deploymentGroupName: string;

  constructor(scope: Construct, id: string, props: ServiceReleaseProps) {
    super(scope, id);
    const { cluster, delivery, groups, loadBalancer, running } = props;
    const { account, arns, names, region, settings, shared } = delivery;
    const { blueTerminationWaitMinutes, readyWaitMinutes } = settings.deployment;
    const taskRoleArns = [arns.roles.execution, arns.roles.task];

    const deploymentConfigName = this.deploymentConfigName(delivery);
    const deployment = new BlueGreenDeployment(this, "deployment", {
      applicationName: names.codeDeployApplication,
      deploymentGroupName: names.deploymentGroup,
      roleName: names.codeDeployRole,
      deploymentConfigName,
      accountId: account.id,
      region,
      clusterName: cluster.clusterName,
      serviceName: running.serviceName,
      loadBalancerName: loadBalancer.loadBalancerName,
      targetGroupNames: { blue: groups.blue.name, green: groups.green.name },
      productionListenerArn: loadBalancer.productionListener.arn,
      testListenerArn: loadBalancer.testListener.arn,
      blueTerminationWaitMinutes,
      readyWaitMinutes,
      alarmNames: this.alarmNames(props),
      taskRoleArns,
      hookArns: delivery.hookArns,
    });
    this.pushRoleArn = new PushRole(this, "push-role", {
      name: names.pushRole,
      buildAccountId: shared.id,
      buildRoleArn: arns.roles.build,
      containerRepositoryArn: arns.containerRepository,
    }).arn;
    this.deployRoleArn = new DeployRole(this, "deploy-role", {
      name: names.deployRole,
      accountId: account.id,
      region,
      pipeline: {
        accountId: shared.id,
        pipelineRoleArn: arns.roles.pipeline,
        artifactBucketArn: arns.artifactBucket,
        artifactKeyAlias: names.artifactKeyAlias,
      },
      applicationName: deployment.applicationName,
      deploymentGroupName: deployment.deploymentGroupName,
      deploymentConfigName: delivery.deploymentConfigName,
      taskFamily: names.taskFamily,
      taskRoleArns,
    }).arn;

    this.applicationName = deployment.applicationName;
    this.deploymentGroupName = deployment.deploymentGroupName;
  }

  private deploymentConfigName({ deploymentConfigName, settings }: Delivery): string {
    const { config } = settings.deployment;
    if (typeof config === "string") return config;
    const shift =
      "canary" in config
        ? { kind: "canary" as const, ...config.canary }
        : { kind: "linear" as const, ...config.linear };
    return new TrafficShift(this, "traffic-shift", { deploymentConfigName, ...shift }).deploymentConfigName;
  }

  private alarmNames({ delivery: { names, settings }, groups, loadBalancer }: ServiceReleaseProps): string[] {
    const { alarmNames, alarms, rollbackOnAlarms } = settings.deployment;
    if (!rollbackOnAlarms) return [];
    const own = new RollbackAlarms(this, "alarms", {
      ...alarms,
      loadBalancerSuffix: loadBalancer.arnSuffix,
      targetGroups: [
        {
          color: "blue",
          arnSuffix: groups.blue.arnSuffix,
          errorsAlarmName: names.blueErrorsAlarm,
          unhealthyAlarmName: names.blueUnhealthyAlarm,
        },
        {
          color: "green",
          arnSuffix: groups.green.arnSuffix,
          errorsAlarmName: names.greenErrorsAlarm,
          unhealthyAlarmName: names.greenUnhealthyAlarm,
        },
      ],
    });
    return [...own.alarmNames, ...alarmNames];
  }
}
