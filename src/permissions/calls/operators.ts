import { roleArn } from "../../system/arns";
import { approvalArnOf, type OperatorPolicy } from "../../system/operators";
import { accountOf } from "../arn";
import type { RequiredCall } from "../request";
import { actionsOf, callsBy } from "./call";

/** A role of an operator. It is not part of the system; the operators' policy is attached to it. */
export const operatorOf = ({ arn }: OperatorPolicy) => roleArn(accountOf(arn), "operator");

const PIPELINE =
  "GetPipeline GetPipelineState GetPipelineExecution ListPipelineExecutions ListActionExecutions";
/** AWS has no resource for these. */
const OPERATE = "StopDeployment ContinueDeployment GetDeploymentTarget ListDeploymentTargets";
const DEPLOYMENT = "GetDeployment GetDeploymentGroup ListDeployments";

/** What people need to approve and watch releases, or to stop and continue deployments. */
export function operatorCalls(policy: OperatorPolicy): RequiredCall[] {
  const by = callsBy(operatorOf(policy));
  const operator = (purpose: string, service: string, actions: string, resource: string) =>
    by(purpose, actionsOf(service, actions), resource, { attachedPolicyArn: policy.arn });
  const logs = (what: string, group: string) => [
    operator(`find ${what}`, "logs", "DescribeLogStreams FilterLogEvents", `${group}:log-stream:`),
    operator(`read ${what}`, "logs", "GetLogEvents", `${group}:log-stream:0123abcd`),
  ];
  return policy.deliveries.flatMap((delivery) => {
    const { arns } = delivery;
    const approval = approvalArnOf(delivery);
    if (policy.on === "pipelines")
      return [
        operator("see a pipeline", "codepipeline", PIPELINE, arns.pipeline),
        ...(approval ? [operator("approve a release", "codepipeline", "PutApprovalResult", approval)] : []),
        operator("see builds", "codebuild", "BatchGetBuilds ListBuildsForProject", arns.buildProject),
        ...logs("a build's log", arns.buildLogGroup),
      ];
    return [
      operator("stop or continue a deployment", "codedeploy", OPERATE, "*"),
      operator("see deployments", "codedeploy", DEPLOYMENT, arns.deploymentGroup),
      operator("see revisions", "codedeploy", "GetApplication GetApplicationRevision", arns.application),
      operator("see a service", "ecs", "DescribeServices", arns.ecsService),
      ...logs("a service's log", arns.serviceLogGroup),
    ];
  });
}
