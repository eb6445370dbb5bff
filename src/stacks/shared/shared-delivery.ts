import { Construct } from "constructs";
import { ArtifactBucket } from "../../constructs/artifacts/artifact-bucket";
import type { ArtifactKey } from "../../constructs/artifacts/artifact-key";
import { DeliveryFiles } from "../../constructs/artifacts/delivery-files";
import { buildAction } from "../../constructs/build/build-action";
import { ImageBuild } from "../../constructs/build/image-build";
import { approvalAction } from "../../constructs/pipeline/approval-action";
import { blueGreenDeployAction } from "../../constructs/pipeline/blue-green-deploy-action";
import { DeliveryPipeline } from "../../constructs/pipeline/delivery-pipeline";
import type { PipelineStage } from "../../constructs/pipeline/pipeline-action";
import type { CodeRepository } from "../../constructs/source/code-repository";
import { PipelineTrigger } from "../../constructs/source/pipeline-trigger";
import { buildSpec } from "../../delivery/build-spec";
import { deliveryFiles } from "../../delivery/files";
import { DELIVERY_FOLDER, SERVICE_ROLE_PATH } from "../../system/arns";
import type { Delivery } from "../../system/system";
import { configuredPolicies } from "../configured-policies";
import { appSpecOf, imageSourceOf, taskDefinitionOf } from "../delivered";
import { escapeTemplate } from "../escape-template";
import { buildSecrets } from "./build-secrets";
import { buildVariables } from "./build-variables";
import { sourceOf } from "./source";
import type { EnvironmentService } from "../environment/environment-service";

export interface SharedDeliveryProps {
  readonly delivery: Delivery;
  /** The service in the environment. */
  readonly target: EnvironmentService;
  readonly key: ArtifactKey;
  /** @default - the source is behind a connection */
  readonly repository?: CodeRepository;
}

/**
 * The keys of CodePipeline's artifacts start with the pipeline's name, cut to a length that AWS does not
 * document. The bucket belongs to one pipeline, so a shorter prefix grants nothing else.
 */
const KEY_PREFIX_LENGTH = 15;

/** One service's delivery to one environment: artifacts, build, pipeline, and what starts it. */
export class SharedDelivery extends Construct {
  public readonly pipelineUrl: string;

  constructor(scope: Construct, id: string, props: SharedDeliveryProps) {
    super(scope, id);
    const { delivery, key, repository, target } = props;
    const { account, arns, environment, names, region, settings, shared } = delivery;
    const place = { accountId: shared.id, region, rolePath: SERVICE_ROLE_PATH };
    const keyPrefix = names.pipeline.slice(0, KEY_PREFIX_LENGTH);
    const prefixes = {
      pipelineKeyPrefix: keyPrefix,
      cachePrefix: `${environment.name}/cache`,
      logPrefix: `${environment.name}/logs`,
    };

    const bucket = new ArtifactBucket(this, "artifacts", {
      ...prefixes,
      bucketName: names.artifactBucket,
      kmsKeyArn: key.arn,
      reader: delivery.crossesAccounts ? { accountId: account.id, roleArn: arns.roles.deploy } : undefined,
      forceDestroy: !environment.protect,
    });
    const store = { bucketName: bucket.bucketName, bucketArn: bucket.arn, kmsKeyArn: key.arn };
    const files = deliveryFiles(taskDefinitionOf(delivery), appSpecOf(delivery));
    const { url } = new DeliveryFiles(this, "delivery-files", {
      ...store,
      folder: DELIVERY_FOLDER,
      files: files.map((file) => ({ ...file, content: escapeTemplate(file.content) })),
      dependsOn: bucket.ready,
    });
    const source = sourceOf(delivery, repository);
    const build = new ImageBuild(this, "build", {
      ...place,
      ...settings.build,
      projectName: names.buildProject,
      roleName: names.buildRole,
      logGroupName: names.buildLogGroup,
      logRetentionDays: environment.logRetentionDays,
      architecture: settings.task.architecture,
      buildspec: settings.build.buildspec ?? escapeTemplate(buildSpec(imageSourceOf(delivery))),
      variables: buildVariables(delivery, target, url),
      secrets: buildSecrets(settings.build.secrets),
      secretArns: delivery.buildSecretArns,
      parameterArns: delivery.buildParameterArns,
      configured: configuredPolicies(delivery.buildPolicies),
      reportGroupArn: settings.build.reports ? arns.reportGroup : undefined,
      cloneSource: source.cloneSource,
      network: settings.build.vpc ? shared.vpc : undefined,
      pushRoleArn: arns.roles.push,
      artifacts: {
        ...store,
        ...prefixes,
        deliveryFileArns: files.map(({ name }) => `${arns.deliveryFiles}/${name}`),
      },
    });
    const pipeline = new DeliveryPipeline(this, "pipeline", {
      ...place,
      pipelineName: names.pipeline,
      roleName: names.pipelineRole,
      trigger: source.trigger,
      artifactStore: { ...store, keyPrefix, ready: [...bucket.ready, ...key.ready] },
      stages: [
        { name: "Source", actions: [source.action] },
        { name: "Build", actions: [buildAction({ ...buildOf(delivery), projectName: build.projectName })] },
        ...(environment.approval ? [{ name: names.approvalStage, actions: [approvalAction()] }] : []),
        deployStage(delivery, target),
      ],
    });
    if (repository)
      new PipelineTrigger(this, "trigger", {
        ...place,
        ruleName: names.triggerRule,
        roleName: names.triggerRole,
        repositoryArn: repository.arn,
        branch: delivery.branch,
        pipelineName: names.pipeline,
        pipelineArn: pipeline.arn,
      });

    this.pipelineUrl = `https://${region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/${pipeline.pipelineName}/view`;
  }
}

/** A Git tag is of no branch, so a build that one starts gets the branch of manual starts. */
const buildOf = ({ arns, branch, filter }: Delivery) => ({
  projectArn: arns.buildProject,
  branch: filter && "tags" in filter ? branch : undefined,
});

function deployStage({ arns, names }: Delivery, target: EnvironmentService): PipelineStage {
  const { applicationName, deploymentGroupName, deployRoleArn } = target;
  const action = blueGreenDeployAction({
    name: names.deployStage,
    applicationName,
    deploymentGroupName,
    deployRoleArn,
    computedDeployRoleArn: arns.roles.deploy,
  });
  return { name: names.deployStage, actions: [action] };
}
