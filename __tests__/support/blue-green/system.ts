import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  type CreateDeploymentCommandInput,
  type CreateDeploymentGroupCommandInput,
  type DeploymentInfo,
} from "@aws-sdk/client-codedeploy";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type Service,
} from "@aws-sdk/client-ecs";
import {
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { appSpecFile } from "../../../src/delivery/app-spec";
import { forwarded } from "../../../src/local/services/codedeploy/model/rules";
import type { EmbeddedAws } from "../embedded-aws";
import { until } from "../until";
import { createRoute, rulesOf, type Listeners } from "./load-balancer";

const ENDED = ["Succeeded", "Failed", "Stopped"];

type GroupSettings = Partial<CreateDeploymentGroupCommandInput> & {
  readonly waitMinutes?: number;
  readonly hooks?: Parameters<typeof appSpecFile>[0]["hooks"];
};

/** A service that CodeDeploy delivers behind the rules of two listeners. */
export class BlueGreenService {
  private constructor(
    private readonly aws: EmbeddedAws,
    private readonly account: string,
    private readonly name: string,
    private readonly listeners: Listeners,
    public readonly targetGroups: readonly [string, string],
    private readonly hooks: GroupSettings["hooks"],
  ) {}

  /** Makes the service with its deployment group. The first target group is blue's. */
  public static async create(
    aws: EmbeddedAws,
    account: string,
    listeners: Listeners,
    name: string,
    { hooks, waitMinutes = 0, ...settings }: GroupSettings = {},
  ): Promise<BlueGreenService> {
    const ecs = aws.client(ECSClient, account);
    const groups = await createRoute(aws, account, listeners, name);
    const service = new BlueGreenService(aws, account, name, listeners, groups, hooks);
    const taskDefinition = await service.register();
    await ecs.send(new CreateClusterCommand({ clusterName: "main" }));
    await ecs.send(
      new CreateServiceCommand({
        cluster: "main",
        serviceName: name,
        taskDefinition,
        desiredCount: 2,
        launchType: "FARGATE",
        deploymentController: { type: "CODE_DEPLOY" },
        networkConfiguration: { awsvpcConfiguration: { subnets: listeners.subnets, securityGroups: [] } },
        loadBalancers: [{ targetGroupArn: groups[0], containerName: "app", containerPort: 80 }],
      }),
    );
    const role = await aws
      .client(IAMClient, account)
      .send(new CreateRoleCommand({ RoleName: `${name}-deploy`, AssumeRolePolicyDocument: "{}" }));
    await service.codeDeploy.send(
      new CreateApplicationCommand({ applicationName: name, computePlatform: "ECS" }),
    );
    await service.codeDeploy.send(
      new CreateDeploymentGroupCommand({
        applicationName: name,
        deploymentGroupName: name,
        deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
        serviceRoleArn: role.Role?.Arn,
        ecsServices: [{ clusterName: "main", serviceName: name }],
        autoRollbackConfiguration: {
          enabled: true,
          events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
        },
        blueGreenDeploymentConfiguration: {
          deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
          terminateBlueInstancesOnDeploymentSuccess: {
            action: "TERMINATE",
            terminationWaitTimeInMinutes: waitMinutes,
          },
        },
        loadBalancerInfo: {
          targetGroupPairInfoList: [
            {
              targetGroups: [{ name: `${name}-a` }, { name: `${name}-b` }],
              prodTrafficRoute: { listenerArns: [listeners.production] },
              testTrafficRoute: { listenerArns: [listeners.test] },
            },
          ],
        },
        ...settings,
      }),
    );
    return service;
  }

  public get codeDeploy(): CodeDeployClient {
    return this.aws.client(CodeDeployClient, this.account);
  }

  /** Lets the default action of the production listener forward to blue too. */
  public async takeDefault(): Promise<void> {
    const [TargetGroupArn] = this.targetGroups;
    await this.aws.client(ElasticLoadBalancingV2Client, this.account).send(
      new ModifyListenerCommand({
        ListenerArn: this.listeners.production,
        DefaultActions: [{ Type: "forward", TargetGroupArn }],
      }),
    );
  }

  /** Points the service's rule of the test listener at one of its target groups. */
  public async pointTestAt(TargetGroupArn: string): Promise<void> {
    for (const { Actions, RuleArn } of await rulesOf(this.aws, this.account, this.listeners.test)) {
      if (!this.targetGroups.some((group) => forwarded(Actions).has(group))) continue;
      await this.aws
        .client(ElasticLoadBalancingV2Client, this.account)
        .send(new ModifyRuleCommand({ RuleArn, Actions: [{ Type: "forward", TargetGroupArn }] }));
    }
  }

  private async register(): Promise<string> {
    const { taskDefinition } = await this.aws.client(ECSClient, this.account).send(
      new RegisterTaskDefinitionCommand({
        family: this.name,
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        containerDefinitions: [{ name: "app", image: "app", portMappings: [{ containerPort: 80 }] }],
      }),
    );
    return taskDefinition?.taskDefinitionArn ?? "";
  }

  /** Starts a deployment of a new task definition. */
  public async deploy(more: Partial<CreateDeploymentCommandInput> = {}): Promise<string> {
    const file = appSpecFile({ containerName: "app", port: 80, hooks: this.hooks ?? {} });
    const content = file.replace("<TASK_DEFINITION>", await this.register());
    const { deploymentId } = await this.codeDeploy.send(
      new CreateDeploymentCommand({
        applicationName: this.name,
        deploymentGroupName: this.name,
        revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
        ...more,
      }),
    );
    return deploymentId ?? "";
  }

  public async info(deploymentId: string): Promise<DeploymentInfo> {
    const { deploymentInfo } = await this.codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    return deploymentInfo ?? {};
  }

  /** Waits until something holds of a deployment. */
  public async until(id: string, holds: (info: DeploymentInfo) => boolean | Promise<boolean>) {
    let info: DeploymentInfo = {};
    return until(
      async () => {
        info = await this.info(id);
        return (await holds(info)) && info;
      },
      () => `${id}: ${JSON.stringify(info)}\n${this.aws.said.join("\n")}`,
    );
  }

  public ended(id: string): Promise<DeploymentInfo> {
    return this.until(id, ({ status = "" }) => ENDED.includes(status));
  }

  /** Waits for the deployment that rolls back another. */
  public async rolledBack({ rollbackInfo }: DeploymentInfo): Promise<DeploymentInfo> {
    return this.ended(rollbackInfo?.rollbackDeploymentId ?? "");
  }

  /** The statuses of the lifecycle events, by name. */
  public async events(deploymentId: string): Promise<Record<string, string>> {
    const command = new GetDeploymentTargetCommand({ deploymentId, targetId: `main:${this.name}` });
    const { deploymentTarget } = await this.codeDeploy.send(command);
    const events = deploymentTarget?.ecsTarget?.lifecycleEvents ?? [];
    return Object.fromEntries(events.map((one) => [one.lifecycleEventName ?? "", one.status ?? ""]));
  }

  public untilEvent(id: string, event: string, status = "InProgress") {
    return this.until(
      id,
      async (info) => info.status !== "Created" && (await this.events(id))[event] === status,
    );
  }

  public async service(): Promise<Service> {
    const ecs = this.aws.client(ECSClient, this.account);
    const command = new DescribeServicesCommand({ cluster: "main", services: [this.name] });
    return (await ecs.send(command)).services?.[0] ?? {};
  }

  /** The task sets that are not draining, as `status externalId`; the first one has no external id. */
  public async taskSets(): Promise<string[]> {
    const { taskSets = [] } = await this.service();
    const kept = taskSets.filter(({ status }) => status !== "DRAINING");
    return kept.map(({ externalId, status }) => `${status ?? ""} ${externalId ?? ""}`.trim());
  }

  /** The weights of both target groups in the rules of both listeners. */
  public async weights() {
    const of = async (listener: string) => {
      const rules = await rulesOf(this.aws, this.account, listener);
      const own = rules
        .map(({ Actions }) => forwarded(Actions))
        .filter((one) => one.has(this.targetGroups[0]) || one.has(this.targetGroups[1]));
      return own.map((one) => this.targetGroups.map((group) => one.get(group) ?? 0));
    };
    return { production: await of(this.listeners.production), test: await of(this.listeners.test) };
  }
}
