import { approvalArnOf, type OperatorPolicy } from "../../system/operators";
import type { RequiredCall } from "../request";
import { callsBy, personWith } from "./call";

const PIPELINE = `codepipeline:GetPipeline GetPipelineState GetPipelineExecution ListPipelineExecutions
  ListActionExecutions`;
/** AWS has no resource for these. */
const OPERATE = "codedeploy:StopDeployment ContinueDeployment GetDeploymentTarget ListDeploymentTargets";
const DEPLOYMENT = "codedeploy:GetDeployment GetDeploymentGroup ListDeployments";
const REVISION = "codedeploy:GetApplication GetApplicationRevision";

/** What people need to approve and watch releases, or to stop and continue deployments. */
export function operatorCalls({ arn, deliveries, on }: OperatorPolicy): RequiredCall[] {
  const operator = callsBy(...personWith(arn, "operator"));
  const logs = (what: string, group: string) => [
    operator(`find ${what}`, "logs:DescribeLogStreams FilterLogEvents", `${group}:log-stream:`),
    operator(`read ${what}`, "logs:GetLogEvents", `${group}:log-stream:0123abcd`),
  ];
  return deliveries.flatMap((delivery) => {
    const { arns } = delivery;
    const approval = approvalArnOf(delivery);
    if (on === "pipelines")
      return [
        operator("see a pipeline", PIPELINE, arns.pipeline),
        ...(approval ? [operator("approve a release", "codepipeline:PutApprovalResult", approval)] : []),
        operator("see builds", "codebuild:BatchGetBuilds ListBuildsForProject", arns.buildProject),
        ...logs("a build's log", arns.buildLogGroup),
      ];
    return [
      operator("stop or continue a deployment", OPERATE, "*"),
      operator("see deployments", DEPLOYMENT, arns.deploymentGroup),
      operator("see revisions", REVISION, arns.application),
      operator("see a service", "ecs:DescribeServices", arns.ecsService),
      ...logs("a service's log", arns.serviceLogGroup),
    ];
  });
}
