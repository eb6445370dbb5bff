import { parse } from "yaml";
import { buildSpec } from "../../../src/delivery/build-spec";
import { appSpec as appSpecObject } from "../../../src/delivery/app-spec";
import { taskDefinition as taskDefinitionObject } from "../../../src/delivery/task-definition";
import { appSpecOf, imageSourceOf, taskDefinitionOf } from "../../../src/stacks/delivered";
import { registryHost } from "../../../src/system/arns";
import { without } from "../../support/resolved";
import { statementsOf } from "../../support/synth";
import {
  escaped,
  everyDelivery,
  expectClosedBucket,
  mention,
  theOne,
  usesOf,
} from "../../support/wired-systems";

describe.each(everyDelivery)("$title", ({ delivery, keyArn, resources }) => {
  const { account, arns, environment, names, region, service, settings, shared } = delivery;
  const { connection } = service.source;
  const inShared = (type: string, by: string, value: string) =>
    theOne(resources, shared.id, type, by, value).block;

  it("uses each role in one place", () => {
    expect(
      Object.fromEntries(
        Object.entries(arns.roles).map(([role, arn]) => [role, usesOf(resources, mention(arn))]),
      ),
    ).toEqual({
      trigger: connection ? [] : ["aws_cloudwatch_event_target role_arn"],
      pipeline: ["aws_codepipeline role_arn"],
      build: ["aws_codebuild_project service_role"],
      push: ["aws_codebuild_project environment.environment_variable.value"],
      deploy: ["aws_codepipeline stage.action.role_arn"],
      codeDeploy: ["aws_codedeploy_deployment_group service_role_arn"],
      execution: ["aws_ecs_task_definition execution_role_arn", "aws_s3_object content"],
      task: ["aws_ecs_task_definition task_role_arn", "aws_s3_object content"],
    });
  });

  it("lets the build assume the push role, and the pipeline the deploy role, and nobody else", () => {
    const assumable = (role: string) =>
      resources
        .filter(({ accountId, block }) => accountId === shared.id && block.role === role)
        .flatMap(({ block, type }) =>
          type === "aws_iam_role_policy" ? statementsOf(String(block.policy)) : [],
        )
        .filter(({ actions }) => actions.includes("sts:AssumeRole"))
        .flatMap(({ resources: roles = [] }) => roles);
    expect(assumable(names.buildRole)).toEqual([arns.roles.push]);
    expect(assumable(names.pipelineRole)).toEqual([arns.roles.deploy]);

    const trusted = (role: string) =>
      statementsOf(
        String(theOne(resources, account.id, "aws_iam_role", "name", role).block.assume_role_policy),
      );
    const onlyBy = (roleArn: string): unknown => [
      expect.objectContaining({
        condition: [{ test: "ArnEquals", variable: "aws:PrincipalArn", values: [roleArn] }],
      }),
    ];
    expect(trusted(names.pushRole)).toEqual(onlyBy(arns.roles.build));
    expect(trusted(names.deployRole)).toEqual(onlyBy(arns.roles.pipeline));
  });

  it("uses its artifact bucket, build and pipeline in no other delivery", () => {
    // A name may be a pipeline's too, so it is a bucket's only where an argument wants a bucket.
    const ofBucket = [
      ...usesOf(resources, mention(arns.artifactBucket)),
      ...usesOf(resources, new RegExp(`^${escaped(names.artifactBucket)}(/|$)`)).filter((use) =>
        /(location|bucket)$/.test(use),
      ),
    ].filter((use) => !use.startsWith("aws_s3_bucket"));
    expect(ofBucket).toEqual([
      "aws_codebuild_project cache.location",
      "aws_codebuild_project logs_config.s3_logs.location",
      "aws_codepipeline artifact_store.location",
      "aws_s3_object bucket",
      "aws_s3_object bucket",
    ]);
    expect(usesOf(resources, new RegExp(`^${escaped(names.buildProject)}$`))).toEqual([
      "aws_codebuild_project name",
      "aws_codepipeline stage.action.configuration.ProjectName",
    ]);
    expect(usesOf(resources, mention(arns.pipeline))).toEqual(
      connection ? [] : ["aws_cloudwatch_event_target arn"],
    );
  });

  it("runs the pipeline with its role, bucket and key, and every action in order", () => {
    const expectedSource = connection
      ? {
          provider: "CodeStarSourceConnection",
          configuration: {
            BranchName: delivery.branch,
            OutputArtifactFormat: "CODE_ZIP",
            ConnectionArn: connection.arn,
            FullRepositoryId: connection.repository,
            DetectChanges: "true",
          },
        }
      : {
          provider: "CodeCommit",
          configuration: {
            BranchName: delivery.branch,
            OutputArtifactFormat: "CODE_ZIP",
            RepositoryName: names.repository,
            PollForSourceChanges: "false",
          },
        };
    const aws = { owner: "AWS", version: "1", run_order: 1 };
    expect(inShared("aws_codepipeline", "name", names.pipeline)).toEqual({
      name: names.pipeline,
      role_arn: arns.roles.pipeline,
      pipeline_type: "V2",
      execution_mode: "SUPERSEDED",
      artifact_store: [
        { type: "S3", location: names.artifactBucket, encryption_key: { id: keyArn, type: "KMS" } },
      ],
      stage: [
        {
          name: "Source",
          action: [
            {
              ...aws,
              ...expectedSource,
              name: "Source",
              category: "Source",
              namespace: "SourceVariables",
              output_artifacts: ["SourceArtifact"],
            },
          ],
        },
        {
          name: "Build",
          action: [
            {
              ...aws,
              name: "Build",
              category: "Build",
              provider: "CodeBuild",
              namespace: "BuildVariables",
              input_artifacts: ["SourceArtifact"],
              output_artifacts: ["BuildArtifact"],
              configuration: {
                ProjectName: names.buildProject,
                EnvironmentVariables: JSON.stringify([
                  { name: "COMMIT_ID", value: "#{SourceVariables.CommitId}", type: "PLAINTEXT" },
                  { name: "BRANCH_NAME", value: "#{SourceVariables.BranchName}", type: "PLAINTEXT" },
                ]),
              },
            },
          ],
        },
        ...(environment.approval
          ? [
              {
                name: names.approvalStage,
                action: [{ ...aws, name: "Approve", category: "Approval", provider: "Manual" }],
              },
            ]
          : []),
        {
          name: names.deployStage,
          action: [
            {
              ...aws,
              name: names.deployStage,
              category: "Deploy",
              provider: "CodeDeployToECS",
              role_arn: arns.roles.deploy,
              input_artifacts: ["BuildArtifact"],
              configuration: {
                ApplicationName: names.codeDeployApplication,
                DeploymentGroupName: names.deploymentGroup,
                TaskDefinitionTemplateArtifact: "BuildArtifact",
                TaskDefinitionTemplatePath: "taskdef.json",
                AppSpecTemplateArtifact: "BuildArtifact",
                AppSpecTemplatePath: "appspec.yml",
                Image1ArtifactName: "BuildArtifact",
                Image1ContainerName: "IMAGE1_NAME",
              },
            },
          ],
        },
      ],
    });
  });

  it("starts the pipeline for a push to its branch, unless the source is behind a connection", () => {
    if (connection) {
      expect(usesOf(resources, mention(names.triggerRule))).toEqual([]);
      return;
    }
    const { event_pattern: pattern, ...rule } = inShared(
      "aws_cloudwatch_event_rule",
      "name",
      names.triggerRule,
    );
    expect(rule).toEqual({ name: names.triggerRule });
    expect(JSON.parse(String(pattern))).toEqual({
      source: ["aws.codecommit"],
      "detail-type": ["CodeCommit Repository State Change"],
      resources: [arns.repository],
      detail: {
        event: ["referenceCreated", "referenceUpdated"],
        referenceType: ["branch"],
        referenceName: [delivery.branch],
      },
    });
    expect(inShared("aws_cloudwatch_event_target", "rule", names.triggerRule)).toEqual({
      rule: names.triggerRule,
      target_id: "pipeline",
      arn: arns.pipeline,
      role_arn: arns.roles.trigger,
    });
    expect(inShared("aws_codecommit_repository", "repository_name", names.repository)).toEqual({
      repository_name: names.repository,
    });
  });

  it("builds with its role, key, bucket and variables", () => {
    const project = inShared("aws_codebuild_project", "name", names.buildProject);
    const { environment: container, ...rest } = without(project, ["build_timeout", "queued_timeout"]);
    expect(rest).toEqual({
      name: names.buildProject,
      service_role: arns.roles.build,
      encryption_key: keyArn,
      source: {
        type: "CODEPIPELINE",
        buildspec: settings.build.buildspec ?? buildSpec(imageSourceOf(delivery)),
      },
      artifacts: { type: "CODEPIPELINE" },
      cache: { type: "S3", location: `${names.artifactBucket}/${environment.name}/cache` },
      logs_config: {
        cloudwatch_logs: { status: "ENABLED", group_name: names.buildLogGroup },
        s3_logs: {
          status: "ENABLED",
          location: `${names.artifactBucket}/${environment.name}/logs`,
          encryption_disabled: false,
        },
      },
    });
    const { environment_variable: variables, ...image } = container as {
      environment_variable: { name: string; type?: string; value: string }[];
    };
    expect(image).toEqual({
      type: settings.task.architecture === "arm64" ? "ARM_CONTAINER" : "LINUX_CONTAINER",
      image: settings.build.image,
      compute_type: settings.build.computeType,
      image_pull_credentials_type: "CODEBUILD",
      privileged_mode: true,
    });
    const secrets = Object.entries(settings.build.secrets).map(([name, arn]) => {
      const [parameter] = /(?<=:parameter)\/.+/.exec(arn) ?? [];
      return parameter === undefined
        ? { name, type: "SECRETS_MANAGER", value: arn }
        : { name, type: "PARAMETER_STORE", value: parameter };
    });
    const { path, port, version } = settings;
    const expected = {
      ...settings.build.variables,
      ENVIRONMENT: environment.name,
      EXPECTED_BRANCH: delivery.branch,
      AWS_REGION: region,
      ACCOUNT_NO: account.id,
      REGISTRY_URL: registryHost({ accountId: account.id, region }),
      ECR_REPOSITORY: names.containerRepository,
      PUSH_ROLE_ARN: arns.roles.push,
      APPLICATION_NAME: service.name,
      APPLICATION_PATH: path === "/" ? path : path.slice(1),
      APPLICATION_PORT: String(port),
      APPLICATION_VERSION: version,
      DELIVERY_FILES: `s3://${names.artifactBucket}/delivery`,
    };
    // Sorted, as an object would hide a variable that is there twice, or one of another type.
    expect(variables.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(
      [...Object.entries(expected).map(([name, value]) => ({ name, value })), ...secrets].sort((a, b) =>
        a.name.localeCompare(b.name),
      ),
    );
  });

  it("keeps a task definition and an AppSpec file for its releases in that bucket, encrypted with its key", () => {
    const files = resources.filter(
      ({ block, type }) => type === "aws_s3_object" && block.bucket === names.artifactBucket,
    );
    expect(files.map(({ block }) => without(block, ["content", "content_type"]))).toEqual(
      ["appspec.yml", "taskdef.json"].map((name) => ({
        bucket: names.artifactBucket,
        key: `delivery/${name}`,
        kms_key_id: keyArn,
        server_side_encryption: "aws:kms",
        override_provider: { default_tags: { tags: {} } },
      })),
    );
    const [appSpec, taskDefinition] = files.map(({ block }) => parse(String(block.content)) as unknown);
    expect(taskDefinition).toEqual(
      JSON.parse(JSON.stringify(taskDefinitionObject(taskDefinitionOf(delivery)))),
    );
    expect(appSpec).toEqual({ version: 0, ...appSpecObject(appSpecOf(delivery)) });
  });

  it("keeps artifacts in a closed bucket, encrypted with its key", () => {
    expectClosedBucket(resources, shared.id, names.artifactBucket, {
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: keyArn },
      bucket_key_enabled: true,
    });
  });
});
