import type { OperatorPolicy } from "../../system/operators";
import { operatorOf } from "../calls/operators";
import type { ForbiddenCall } from "../request";
import { forbid } from "./forbid";

/** An operator decides about releases and watches them, but changes nothing that a release consists of. */
export function operatorGuards(policy: OperatorPolicy): ForbiddenCall[] {
  const operator = forbid(operatorOf(policy));
  return policy.deliveries.flatMap(({ arns }) =>
    (
      [
        [
          "change a pipeline",
          ["codepipeline:UpdatePipeline", "codepipeline:StartPipelineExecution"],
          arns.pipeline,
        ],
        ["change a build", ["codebuild:UpdateProject", "codebuild:StartBuild"], arns.buildProject],
        ["deploy another revision", ["codedeploy:CreateDeployment"], arns.deploymentGroup],
        ["change a service", ["ecs:UpdateService"], arns.ecsService],
        ["push an image", ["ecr:PutImage"], arns.containerRepository],
        ["change a role", ["iam:PutRolePolicy", "iam:PassRole"], arns.roles.task],
        ["act as a release", ["sts:AssumeRole"], arns.roles.deploy],
      ] as const
    ).map(([what, actions, resource]) =>
      operator(`an operator would ${what}`, actions, resource, { attachedPolicyArn: policy.arn }),
    ),
  );
}
