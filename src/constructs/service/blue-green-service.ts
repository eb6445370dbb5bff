import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface BlueGreenServiceProps {
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly taskFamily: string;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** CPU units: 1024 are one vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly runtimePlatform: { readonly cpuArchitecture: string; readonly operatingSystemFamily: string };
  /** The containers that run until the first release, as JSON. */
  readonly containerDefinitions: string;
  /** The container that gets the traffic. */
  readonly container: { readonly name: string; readonly port: number };
  /** Whether ECS Exec can open a shell in a container. */
  readonly exec: boolean;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly desiredCount: number;
  /** Whether autoscaling changes the number of tasks, so that Terraform must ignore it. */
  readonly scaled: boolean;
  readonly healthCheckGraceSeconds: number;
  readonly network: TaskNetwork;
  /** The target group that gets traffic before the first release. */
  readonly blueTargetGroupArn: string;
  /** Listeners or rules that forward to the target groups, and the roles' policies. */
  readonly dependsOn: ITerraformDependable[];
}

/** Where tasks run. */
export interface TaskNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Whether tasks get public IP addresses: without NAT they cannot reach the internet otherwise. */
  readonly publicAddress: boolean;
}

/**
 * Attributes that CodeDeploy changes in a release: target groups and task definition, and network and
 * platform version from the AppSpec file. ECS refuses an update of any of them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
const OWNED_BY_CODEDEPLOY = ["task_definition", "load_balancer", "network_configuration", "platform_version"];

/** A Fargate service that CodeDeploy releases. It runs a placeholder until the first release. */
export class BlueGreenService extends Construct {
  public readonly serviceName: string;

  constructor(scope: Construct, id: string, props: BlueGreenServiceProps) {
    super(scope, id);
    const { container, network } = props;

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionDays,
    });
    const taskDefinition = new EcsTaskDefinition(this, "task-definition", {
      family: props.taskFamily,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(props.cpu),
      memory: String(props.memoryMiB),
      executionRoleArn: props.executionRoleArn,
      taskRoleArn: props.taskRoleArn,
      runtimePlatform: props.runtimePlatform,
      containerDefinitions: props.containerDefinitions,
      // A rollback may need an earlier revision.
      skipDestroy: true,
    });
    const service = new EcsService(this, "service", {
      name: props.serviceName,
      cluster: props.clusterArn,
      launchType: "FARGATE",
      platformVersion: "LATEST",
      taskDefinition: taskDefinition.arn,
      desiredCount: props.desiredCount,
      deploymentController: { type: "CODE_DEPLOY" },
      healthCheckGracePeriodSeconds: props.healthCheckGraceSeconds,
      enableExecuteCommand: props.exec,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      waitForSteadyState: false,
      networkConfiguration: {
        subnets: [...network.subnetIds],
        securityGroups: [network.securityGroupId],
        assignPublicIp: network.publicAddress,
      },
      loadBalancer: [
        {
          targetGroupArn: props.blueTargetGroupArn,
          containerName: container.name,
          containerPort: container.port,
        },
      ],
      lifecycle: {
        ignoreChanges: props.scaled ? [...OWNED_BY_CODEDEPLOY, "desired_count"] : OWNED_BY_CODEDEPLOY,
      },
      dependsOn: [...props.dependsOn, logGroup],
    });

    this.serviceName = service.name;
  }
}
