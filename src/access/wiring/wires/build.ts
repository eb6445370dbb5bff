import { registryHost } from "../../../system/arns";
import type { Parties } from "../../parties";
import { ANY } from "../difference";
import { logGroupWire } from "./log-group";
import type { Wire } from "./wire";

/** The build: in whose name, with whose key, from where and to where. */
export function buildWires(parties: Parties): Wire[] {
  const { configured, environment, key, names, roles, shared } = parties;
  const { artifactBucket, buildLogGroup } = names;
  return [
    logGroupWire(shared, buildLogGroup),
    {
      account: shared,
      type: "aws_codebuild_project",
      by: ["name"],
      block: {
        name: names.buildProject,
        service_role: roles.build,
        encryption_key: key,
        source: { type: "CODEPIPELINE", buildspec: configured.settings.build.buildspec },
        artifacts: { type: "CODEPIPELINE" },
        environment: {
          type: "LINUX_CONTAINER",
          image: ANY,
          compute_type: ANY,
          image_pull_credentials_type: "CODEBUILD",
          privileged_mode: true,
          environment_variable: variables(parties),
        },
        cache: { type: "S3", location: `${artifactBucket}/${environment}/cache` },
        logs_config: {
          cloudwatch_logs: { status: "ENABLED", group_name: buildLogGroup },
          s3_logs: {
            status: "ENABLED",
            location: `${artifactBucket}/${environment}/logs`,
            encryption_disabled: false,
          },
        },
        build_timeout: ANY,
        queued_timeout: ANY,
      },
    },
  ];
}

function variables({ account, configured, environment, names, region, roles, service }: Parties) {
  const { path, port, version } = configured.service;
  const values = {
    ...configured.settings.build.variables,
    ENVIRONMENT: environment,
    EXPECTED_BRANCH: configured.environment.branch,
    AWS_REGION: region,
    ACCOUNT_NO: account,
    REGISTRY_URL: registryHost({ accountId: account, region }),
    ECR_REPOSITORY: names.containerRepository,
    PUSH_ROLE_ARN: roles.push,
    APPLICATION_NAME: service,
    APPLICATION_PATH: path === "/" ? path : path.slice(1),
    APPLICATION_PORT: String(port),
    APPLICATION_VERSION: version,
  };
  return new Set(Object.entries(values).map(([name, value]) => ({ name, value })));
}
