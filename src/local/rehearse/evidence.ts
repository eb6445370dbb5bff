import { BatchGetBuildsCommand, CodeBuildClient } from "@aws-sdk/client-codebuild";
import {
  BatchGetDeploymentTargetsCommand,
  CodeDeployClient,
  GetDeploymentCommand,
  ListDeploymentTargetsCommand,
} from "@aws-sdk/client-codedeploy";
import {
  CodePipelineClient,
  ListActionExecutionsCommand,
  type ActionExecutionDetail,
} from "@aws-sdk/client-codepipeline";
import { DescribeTasksCommand, ECSClient, ListTasksCommand } from "@aws-sdk/client-ecs";
import type { Delivery } from "../../system/system";
import type { Embedded } from "../reconcile/embedded";

/** A part of a release, as AWS's API tells it. */
export interface Step {
  /** Such as `Build` or `Install`. */
  readonly name: string;
  /** Of an action of the pipeline: Source, Build, Approval or Deploy. Other steps are parts of an action. */
  readonly category?: string;
  /** The role that it runs under. */
  readonly role?: string;
  readonly status: string;
  readonly seconds?: number;
  /** What AWS says about a failure. */
  readonly detail?: string;
}

const secondsBetween = (start?: Date, end?: Date) =>
  start && end ? Math.max(0, (end.getTime() - start.getTime()) / 1000) : undefined;

/** What AWS's API shows of one execution. */
export class Evidence {
  constructor(
    private readonly embedded: Embedded,
    private readonly delivery: Delivery,
  ) {}

  private get here() {
    return { accountId: this.delivery.account.id, region: this.delivery.region };
  }

  private get there() {
    return { accountId: this.delivery.shared.id, region: this.delivery.region };
  }

  public async steps(executionId: string): Promise<Step[]> {
    const codepipeline = this.embedded.clients.asService(CodePipelineClient, this.there);
    const { actionExecutionDetails = [] } = await codepipeline.send(
      new ListActionExecutionsCommand({
        pipelineName: this.delivery.names.pipeline,
        filter: { pipelineExecutionId: executionId },
      }),
    );
    const steps: Step[] = [];
    for (const action of actionExecutionDetails.reverse()) steps.push(...(await this.stepsOf(action)));
    return steps;
  }

  private async stepsOf(action: ActionExecutionDetail): Promise<Step[]> {
    const { actionName = "", input, output, stageName = "", startTime, lastUpdateTime, status = "" } = action;
    const { executionResult } = output ?? {};
    const step: Step = {
      name: stageName === actionName ? stageName : `${stageName}/${actionName}`,
      category: input?.actionTypeId?.category,
      role: input?.roleArn,
      status,
      seconds: secondsBetween(startTime, lastUpdateTime),
      detail:
        executionResult?.errorDetails?.message ??
        (status === "Failed" ? executionResult?.externalExecutionSummary : undefined),
    };
    const id = executionResult?.externalExecutionId;
    if (id === undefined) return [step];
    const provider = input?.actionTypeId?.provider;
    if (provider === "CodeBuild") return [step, ...(await this.build(id))];
    return provider === "CodeDeployToECS" ? [step, ...(await this.deployment(id))] : [step];
  }

  private async build(id: string): Promise<Step[]> {
    const codebuild = this.embedded.clients.asService(CodeBuildClient, this.there);
    const { builds: [build] = [] } = await codebuild.send(new BatchGetBuildsCommand({ ids: [id] }));
    return (build?.phases ?? [])
      .filter(({ phaseStatus }) => phaseStatus !== undefined)
      .map(({ contexts = [], durationInSeconds, phaseStatus = "", phaseType = "" }) => ({
        name: phaseType,
        role: build?.serviceRole,
        status: phaseStatus,
        seconds: durationInSeconds,
        detail: contexts.map(({ message }) => message).find(Boolean),
      }));
  }

  private async deployment(deploymentId: string): Promise<Step[]> {
    const codedeploy = this.embedded.clients.asService(CodeDeployClient, this.here);
    const { deploymentInfo } = await codedeploy.send(new GetDeploymentCommand({ deploymentId }));
    const { targetIds = [] } = await codedeploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
    const { deploymentTargets = [] } =
      targetIds.length === 0
        ? {}
        : await codedeploy.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }));
    const role = this.delivery.arns.roles.codeDeploy;
    const events = deploymentTargets.flatMap(({ ecsTarget }) => ecsTarget?.lifecycleEvents ?? []);
    return [
      {
        name: deploymentId,
        role,
        status: deploymentInfo?.status ?? "",
        seconds: secondsBetween(deploymentInfo?.startTime, deploymentInfo?.completeTime),
        detail: deploymentInfo?.errorInformation?.message,
      },
      ...events.map(({ diagnostics, endTime, lifecycleEventName = "", startTime, status = "" }) => ({
        name: lifecycleEventName,
        role,
        status,
        seconds: secondsBetween(startTime, endTime),
        detail: diagnostics?.message,
      })),
    ];
  }

  /** Why tasks stopped since a time, each reason once. */
  public async stoppedTasks(since: number): Promise<string[]> {
    const ecs = this.embedded.clients.asService(ECSClient, this.here);
    const cluster = this.delivery.names.cluster;
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, desiredStatus: "STOPPED" }));
    if (taskArns.length === 0) return [];
    const { tasks = [] } = await ecs.send(
      new DescribeTasksCommand({ cluster, tasks: taskArns.slice(0, 100) }),
    );
    const reasons = tasks
      .filter(({ createdAt }) => (createdAt?.getTime() ?? 0) >= since)
      .flatMap(({ containers = [], stoppedReason }) => {
        const codes = containers.flatMap(({ exitCode }) =>
          exitCode === undefined ? [] : [`exit code ${exitCode}`],
        );
        return stoppedReason === undefined ? [] : [[stoppedReason, ...codes].join(", ")];
      });
    return [...new Set(reasons)];
  }
}
