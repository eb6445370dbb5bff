import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CodeBuildClient } from "@aws-sdk/client-codebuild";
import { CodeCommitClient } from "@aws-sdk/client-codecommit";
import { CodeDeployClient } from "@aws-sdk/client-codedeploy";
import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Account } from "../system/system";
import { clientSettings } from "./client-settings";
import { withExplainedErrors, type ExplainedClient } from "./explain-errors";

/** Clients of the account that builds and delivers. */
export type SharedClients = ReturnType<typeof sharedClients>;

/** Clients of an environment's account. */
export type EnvironmentClients = ReturnType<typeof environmentClients>;

/** The clients for one delivery. */
export interface DeliveryClients {
  readonly shared: SharedClients;
  readonly environment: EnvironmentClients;
}

/** AWS throttles these APIs at a few requests a second: the SDK waits longer before each attempt. */
const ATTEMPTS = 8;

export function sharedClients(account: Account, region: string) {
  const make = maker(account, region);
  return {
    codebuild: make(CodeBuildClient),
    codecommit: make(CodeCommitClient),
    codepipeline: make(CodePipelineClient),
    logs: make(CloudWatchLogsClient),
  };
}

export function environmentClients(account: Account, region: string) {
  const make = maker(account, region);
  return {
    autoscaling: make(ApplicationAutoScalingClient),
    cloudwatch: make(CloudWatchClient),
    codedeploy: make(CodeDeployClient),
    ecr: make(ECRClient),
    ecs: make(ECSClient),
    elb: make(ElasticLoadBalancingV2Client),
    logs: make(CloudWatchLogsClient),
  };
}

function maker(account: Account, region: string) {
  const settings = { ...clientSettings(account, region), maxAttempts: ATTEMPTS };
  return <C extends ExplainedClient>(Class: new (of: typeof settings) => C): C =>
    withExplainedErrors(new Class(settings), account);
}
