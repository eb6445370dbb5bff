import type { OperatorPolicy } from "../../system/operators";
import { personWith } from "../calls/call";
import type { ForbiddenCall } from "../request";
import { forbid } from "./forbid";

/** An operator decides about releases and watches them, but changes nothing that a release consists of. */
export function operatorGuards({ arn, deliveries }: OperatorPolicy): ForbiddenCall[] {
  const operator = forbid(...personWith(arn, "operator"));
  return deliveries.flatMap(({ arns }) => [
    operator(
      "an operator would change a pipeline",
      "codepipeline:UpdatePipeline StartPipelineExecution",
      arns.pipeline,
    ),
    operator("an operator would change a build", "codebuild:UpdateProject StartBuild", arns.buildProject),
    operator(
      "an operator would deploy another revision",
      "codedeploy:CreateDeployment",
      arns.deploymentGroup,
    ),
    operator("an operator would change a service", "ecs:UpdateService", arns.ecsService),
    operator("an operator would push an image", "ecr:PutImage", arns.containerRepository),
    operator("an operator would change a role", "iam:PutRolePolicy PassRole", arns.roles.task),
    operator("an operator would act as a release", "sts:AssumeRole", arns.roles.deploy),
  ]);
}
