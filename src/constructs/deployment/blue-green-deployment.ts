import { CodedeployApp } from "@cdktf/provider-aws/lib/codedeploy-app";
import { CodedeployDeploymentGroup } from "@cdktf/provider-aws/lib/codedeploy-deployment-group";
import { Construct } from "constructs";
import { Role } from "../iam/role";
import { trustService } from "../iam/trust";
import { codeDeployPermissions, type CodeDeployScope } from "./code-deploy-permissions";

export interface BlueGreenDeploymentProps extends CodeDeployScope {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly roleName: string;
  /** One of CodeDeploy's configurations for ECS, or a custom one. */
  readonly deploymentConfigName: string;
  /** Names of the target groups. Each release moves the traffic from one to the other. */
  readonly targetGroupNames: { readonly blue: string; readonly green: string };
  /** ARN of the listener for user traffic. */
  readonly productionListenerArn: string;
  /** ARN of the listener that reaches green before the production listener does. */
  readonly testListenerArn: string;
  /** How long blue keeps running after the traffic moved. Until then, a rollback is immediate. */
  readonly blueTerminationWaitMinutes: number;
  /** If above 0, the deployment waits this long for a manual continue, and stops without one. */
  readonly readyWaitMinutes: number;
  /** If one of these alarms goes off, the deployment stops and rolls back. At most ten. */
  readonly alarmNames: readonly string[];
}

/** Releases an ECS service by moving ALB traffic from blue to green. */
export class BlueGreenDeployment extends Construct {
  public readonly applicationName: string;
  public readonly deploymentGroupName: string;

  constructor(scope: Construct, id: string, props: BlueGreenDeploymentProps) {
    super(scope, id);

    const role = new Role(this, "role", {
      name: props.roleName,
      description: `Lets CodeDeploy release ${props.serviceName}`,
      trust: trustService({
        service: "codedeploy.amazonaws.com",
        sourceAccountId: props.accountId,
        sourceArn: `arn:aws:codedeploy:${props.region}:${props.accountId}:deploymentgroup:${props.applicationName}/*`,
      }),
      permissions: codeDeployPermissions(props),
    });
    const application = new CodedeployApp(this, "application", {
      name: props.applicationName,
      computePlatform: "ECS",
    });
    const alarmed = props.alarmNames.length > 0;
    const group = new CodedeployDeploymentGroup(this, "deployment-group", {
      appName: application.name,
      deploymentGroupName: props.deploymentGroupName,
      deploymentConfigName: props.deploymentConfigName,
      serviceRoleArn: role.arn,
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      ecsService: { clusterName: props.clusterName, serviceName: props.serviceName },
      loadBalancerInfo: {
        targetGroupPairInfo: {
          targetGroup: [{ name: props.targetGroupNames.blue }, { name: props.targetGroupNames.green }],
          prodTrafficRoute: { listenerArns: [props.productionListenerArn] },
          testTrafficRoute: { listenerArns: [props.testListenerArn] },
        },
      },
      blueGreenDeploymentConfig: {
        // CodeDeploy refuses a wait time together with CONTINUE_DEPLOYMENT.
        deploymentReadyOption:
          props.readyWaitMinutes > 0
            ? { actionOnTimeout: "STOP_DEPLOYMENT", waitTimeInMinutes: props.readyWaitMinutes }
            : { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
        terminateBlueInstancesOnDeploymentSuccess: {
          action: "TERMINATE",
          terminationWaitTimeInMinutes: props.blueTerminationWaitMinutes,
        },
      },
      alarmConfiguration: alarmed ? { enabled: true, alarms: [...props.alarmNames] } : undefined,
      autoRollbackConfiguration: {
        enabled: true,
        events: [
          "DEPLOYMENT_FAILURE",
          "DEPLOYMENT_STOP_ON_REQUEST",
          ...(alarmed ? ["DEPLOYMENT_STOP_ON_ALARM"] : []),
        ],
      },
      dependsOn: role.ready,
    });

    this.applicationName = application.name;
    this.deploymentGroupName = group.deploymentGroupName;
  }
}
