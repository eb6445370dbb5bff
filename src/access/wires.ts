import type { Parties } from "./parties";

/** An argument by which one thing of a delivery names another. */
export interface Wire {
  readonly type: string;
  /** The argument that holds the resource's own name, and that name. */
  readonly key: string;
  readonly name: string;
  /** Where the argument is: keys, indices (from the end if negative) and `[key=value]`, joined by dots. */
  readonly path: string;
  readonly expected: string;
}

/** What must name what, so that the roles of the chain are those that AWS will really use. */
export function wiresOf(parties: Parties): Wire[] {
  return [...pipelineWires(parties), ...buildWires(parties), ...environmentWires(parties)];
}

function pipelineWires({ connection, key, names, pipeline, roles }: Parties): Wire[] {
  const bucketName = names.artifactBucket;
  const wire = (type: string, keyOfName: string, name: string) => (path: string, expected: string) => ({
    type,
    key: keyOfName,
    name,
    path,
    expected,
  });
  const own = wire("aws_codepipeline", "name", names.pipeline);
  const target = wire("aws_cloudwatch_event_target", "rule", names.triggerRule);
  const encryption = wire("aws_s3_bucket_server_side_encryption_configuration", "bucket", bucketName);
  const deploy = "stage.-1.action.0";
  return [
    own("role_arn", roles.pipeline),
    own("artifact_store.0.location", bucketName),
    own("artifact_store.0.encryption_key.id", key),
    own("stage.1.action.0.configuration.ProjectName", names.buildProject),
    own(`${deploy}.role_arn`, roles.deploy),
    own(`${deploy}.configuration.ApplicationName`, names.codeDeployApplication),
    own(`${deploy}.configuration.DeploymentGroupName`, names.deploymentGroup),
    encryption("rule.0.apply_server_side_encryption_by_default.kms_master_key_id", key),
    ...(connection === undefined
      ? [
          own("stage.0.action.0.configuration.RepositoryName", names.repository),
          target("arn", pipeline),
          target("role_arn", roles.trigger),
        ]
      : [own("stage.0.action.0.configuration.ConnectionArn", connection)]),
  ];
}

function buildWires({ account, environment, key, names, region, roles }: Parties): Wire[] {
  const own = (path: string, expected: string): Wire => ({
    type: "aws_codebuild_project",
    key: "name",
    name: names.buildProject,
    path,
    expected,
  });
  const variable = (name: string) => `environment.environment_variable.[name=${name}].value`;
  return [
    own("service_role", roles.build),
    own("encryption_key", key),
    own("cache.location", `${names.artifactBucket}/${environment}/cache`),
    own("logs_config.s3_logs.location", `${names.artifactBucket}/${environment}/logs`),
    own("logs_config.cloudwatch_logs.group_name", names.buildLogGroup),
    own(variable("PUSH_ROLE_ARN"), roles.push),
    own(variable("ACCOUNT_NO"), account),
    own(variable("REGISTRY_URL"), `${account}.dkr.ecr.${region}.amazonaws.com`),
    own(variable("ECR_REPOSITORY"), names.containerRepository),
  ];
}

function environmentWires({ names, roles }: Parties): Wire[] {
  const group = {
    type: "aws_codedeploy_deployment_group",
    key: "deployment_group_name",
    name: names.deploymentGroup,
  };
  const tasks = { type: "aws_ecs_task_definition", key: "family", name: names.taskFamily };
  return [
    { ...group, path: "service_role_arn", expected: roles.codeDeploy },
    { ...group, path: "app_name", expected: names.codeDeployApplication },
    { ...group, path: "ecs_service.cluster_name", expected: names.cluster },
    { ...group, path: "ecs_service.service_name", expected: names.service },
    { ...tasks, path: "execution_role_arn", expected: roles.execution },
    { ...tasks, path: "task_role_arn", expected: roles.task },
  ];
}
