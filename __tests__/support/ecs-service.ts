import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ControllerLoop } from "../../src/local/reconcile/controller";
import type { Engine } from "../../src/local/engine/engine";
import type { Embedded } from "../../src/local/reconcile/embedded";
import { ecsController } from "../../src/local/services/ecs/controller";
import { createListeners } from "./blue-green/load-balancer";
import type { EmbeddedAws } from "./embedded-aws";

export const CLUSTER = "main";

/** Services whose tasks run, in one account. */
export class EcsServices {
  private network: { vpc: string; subnets: string[] } = { vpc: "", subnets: [] };

  constructor(
    private readonly aws: EmbeddedAws,
    private readonly account: string,
  ) {}

  public get ecs(): ECSClient {
    return this.aws.client(ECSClient, this.account);
  }

  public get elb(): ElasticLoadBalancingV2Client {
    return this.aws.client(ElasticLoadBalancingV2Client, this.account);
  }

  public async prepare(): Promise<void> {
    this.network = await createListeners(this.aws, this.account);
    await this.ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
  }

  public async register(family: string, containerDefinitions: ContainerDefinition[]): Promise<string> {
    const { taskDefinition } = await this.ecs.send(
      new RegisterTaskDefinitionCommand({
        ...{ family, containerDefinitions },
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        executionRoleArn: `arn:aws:iam::${this.account}:role/execution`,
        taskRoleArn: `arn:aws:iam::${this.account}:role/task`,
        volumes: [{ name: "shared" }],
      }),
    );
    return taskDefinition?.taskDefinitionArn ?? "";
  }

  /** A target group whose targets drain for 60 seconds. */
  public async targetGroup(Name: string): Promise<string> {
    const settings = { Protocol: "HTTP", Port: 8080, VpcId: this.network.vpc, TargetType: "ip" } as const;
    const { TargetGroups } = await this.elb.send(new CreateTargetGroupCommand({ Name, ...settings }));
    const arn = TargetGroups?.[0]?.TargetGroupArn ?? "";
    const delay = { Key: "deregistration_delay.timeout_seconds", Value: "60" };
    await this.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes: [delay] }));
    return arn;
  }

  public async create(
    serviceName: string,
    taskDefinition: string,
    settings: { desiredCount?: number; targetGroup?: string; container?: string } = {},
  ): Promise<void> {
    const { desiredCount = 1, targetGroup, container = "web" } = settings;
    const loadBalancer = { targetGroupArn: targetGroup, containerName: container, containerPort: 8080 };
    await this.ecs.send(
      new CreateServiceCommand({
        ...{ cluster: CLUSTER, serviceName, taskDefinition, desiredCount },
        launchType: "FARGATE",
        deploymentController: { type: "CODE_DEPLOY" },
        networkConfiguration: { awsvpcConfiguration: { subnets: this.network.subnets, securityGroups: [] } },
        loadBalancers: targetGroup === undefined ? [] : [loadBalancer],
      }),
    );
  }

  public async service(name: string): Promise<Service> {
    const command = new DescribeServicesCommand({ cluster: CLUSTER, services: [name] });
    return (await this.ecs.send(command)).services?.[0] ?? {};
  }

  /** Its tasks, stopped ones too, the oldest first. */
  public async tasks(name: string): Promise<Task[]> {
    const { taskArns = [] } = await this.ecs.send(new ListTasksCommand({ cluster: CLUSTER }));
    if (taskArns.length === 0) return [];
    const command = new DescribeTasksCommand({ cluster: CLUSTER, tasks: taskArns });
    const tasks = (await this.ecs.send(command)).tasks ?? [];
    return tasks.filter(({ group }) => group === `service:${name}`);
  }

  public async running(name: string): Promise<Task[]> {
    const tasks = await this.tasks(name);
    return tasks.filter(
      ({ lastStatus, desiredStatus }) => lastStatus === "RUNNING" && desiredStatus === "RUNNING",
    );
  }

  public async messages(name: string): Promise<string[]> {
    return ((await this.service(name)).events ?? []).map(({ message = "" }) => message);
  }
}

/** Runs the controller as its process does. Ended, it leaves the tasks running. */
export function runEcs(embedded: Embedded, engine: Engine): { end: () => Promise<void> } {
  const controller = ecsController(embedded, engine);
  const loop = new ControllerLoop(controller, (error) => {
    embedded.say("ecs", `error: ${error instanceof Error ? (error.stack ?? "") : String(error)}`);
  });
  const abort = new AbortController();
  void embedded.changes.watch((revision) => {
    loop.wake(revision);
  }, abort.signal);
  return {
    end: async () => {
      abort.abort();
      await loop.end();
      await controller.settled();
    },
  };
}
