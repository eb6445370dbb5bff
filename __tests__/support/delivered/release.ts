import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
} from "@aws-sdk/client-codedeploy";
import {
  CodePipelineClient,
  CreatePipelineCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { appSpecFile } from "../../../src/delivery/app-spec";
import { appSpecOf } from "../../../src/stacks/delivered";
import { roleArn } from "../../../src/system/arns";
import type { Delivery } from "../../../src/system/system";
import type { EmbeddedAws } from "../embedded-aws";

interface Deployed {
  readonly listener: string;
  readonly taskDefinition: string;
}

/** A deployment of the task definition, and the group that it belongs to. */
export async function createRelease(
  aws: EmbeddedAws,
  delivery: Delivery,
  { listener, taskDefinition }: Deployed,
): Promise<void> {
  const { account, names } = delivery;
  const codedeploy = aws.client(CodeDeployClient, account.id);
  const { codeDeployApplication: applicationName, deploymentGroup: deploymentGroupName } = names;
  await codedeploy.send(new CreateApplicationCommand({ applicationName, computePlatform: "ECS" }));
  await codedeploy.send(
    new CreateDeploymentGroupCommand({
      applicationName,
      deploymentGroupName,
      deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
      serviceRoleArn: roleArn(account.id, "services"),
      ecsServices: [{ clusterName: names.cluster, serviceName: names.service }],
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
        terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE", terminationWaitTimeInMinutes: 5 },
      },
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: [{ name: names.blueTargetGroup }, { name: names.greenTargetGroup }],
            prodTrafficRoute: { listenerArns: [listener] },
          },
        ],
      },
    }),
  );
  const content = appSpecFile(appSpecOf(delivery)).replace("<TASK_DEFINITION>", taskDefinition);
  const revision = { revisionType: "AppSpecContent", appSpecContent: { content } } as const;
  await codedeploy.send(new CreateDeploymentCommand({ applicationName, deploymentGroupName, revision }));
}

const action = (category: "Source" | "Build", provider: string, configuration: Record<string, string>) => ({
  name: category,
  actionTypeId: { category, provider, owner: "AWS", version: "1" } as const,
  configuration,
});

/** A pipeline with an execution. */
export async function createPipeline(aws: EmbeddedAws, { names, shared }: Delivery): Promise<void> {
  const pipelines = aws.client(CodePipelineClient, shared.id);
  const source = action("Source", "CodeCommit", {
    RepositoryName: names.repository,
    BranchName: "main",
    PollForSourceChanges: "false",
  });
  const build = action("Build", "CodeBuild", { ProjectName: names.buildProject });
  const artifacts = [{ name: "Source" }];
  await pipelines.send(
    new CreatePipelineCommand({
      pipeline: {
        name: names.pipeline,
        roleArn: roleArn(shared.id, "services"),
        pipelineType: "V2",
        artifactStore: { type: "S3", location: names.artifactBucket },
        stages: [
          { name: "Source", actions: [{ ...source, outputArtifacts: artifacts }] },
          { name: "Build", actions: [{ ...build, inputArtifacts: artifacts }] },
        ],
      },
    }),
  );
  await pipelines.send(new StartPipelineExecutionCommand({ name: names.pipeline }));
}
