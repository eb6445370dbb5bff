import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface OperatorPolicyProps {
  readonly policyName: string;
  readonly description: string;
  readonly permissions: readonly Statement[];
}

/** A managed policy for the people who operate deliveries. Attach it to a permission set or a group. */
export class OperatorPolicy extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, { description, permissions, policyName }: OperatorPolicyProps) {
    super(scope, id);
    const policy = new IamPolicy(this, "policy", {
      name: policyName,
      description,
      policy: policyDocument(permissions),
    });
    this.arn = policy.arn;
  }
}

/** A pipeline and its build. */
export interface OperatedPipeline {
  readonly pipelineArn: string;
  /** ARN of the action that waits for a person. @default - none */
  readonly approvalArn?: string;
  readonly projectArn: string;
  readonly logGroupArn: string;
}

/** Approves releases, and sees executions, builds and their logs. It starts and changes nothing. */
export function operatePipelines(pipelines: readonly OperatedPipeline[]): Statement[] {
  const approvals = pipelines.flatMap(({ approvalArn }) => approvalArn ?? []);
  return [
    {
      sid: "SeeExecutions",
      actions: [
        "codepipeline:GetPipeline",
        "codepipeline:GetPipelineState",
        "codepipeline:GetPipelineExecution",
        "codepipeline:ListPipelineExecutions",
        "codepipeline:ListActionExecutions",
      ],
      resources: pipelines.map(({ pipelineArn }) => pipelineArn),
    },
    ...(approvals.length > 0
      ? [{ sid: "ApproveReleases", actions: ["codepipeline:PutApprovalResult"], resources: approvals }]
      : []),
    {
      sid: "SeeBuilds",
      actions: ["codebuild:BatchGetBuilds", "codebuild:ListBuildsForProject"],
      resources: pipelines.map(({ projectArn }) => projectArn),
    },
    readLogs(pipelines),
  ];
}

/** A service and the group of its deployments. */
export interface OperatedDeployment {
  readonly applicationArn: string;
  readonly deploymentGroupArn: string;
  readonly serviceArn: string;
  readonly logGroupArn: string;
}

/** Stops and continues deployments, and sees them, the services and their logs. It creates no deployment. */
export const operateDeployments = (deployments: readonly OperatedDeployment[]): Statement[] => [
  // AWS has no resource for these actions.
  {
    sid: "OperateDeployments",
    actions: [
      "codedeploy:StopDeployment",
      "codedeploy:ContinueDeployment",
      "codedeploy:GetDeploymentTarget",
      "codedeploy:ListDeploymentTargets",
    ],
    resources: ["*"],
  },
  {
    sid: "SeeDeployments",
    actions: ["codedeploy:GetDeployment", "codedeploy:GetDeploymentGroup", "codedeploy:ListDeployments"],
    resources: deployments.map(({ deploymentGroupArn }) => deploymentGroupArn),
  },
  {
    sid: "SeeApplications",
    actions: ["codedeploy:GetApplication", "codedeploy:GetApplicationRevision"],
    resources: deployments.map(({ applicationArn }) => applicationArn),
  },
  {
    sid: "SeeServices",
    actions: ["ecs:DescribeServices"],
    resources: deployments.map(({ serviceArn }) => serviceArn),
  },
  readLogs(deployments),
];

const readLogs = (groups: readonly { readonly logGroupArn: string }[]): Statement => ({
  sid: "ReadLogs",
  actions: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
  resources: groups.map(({ logGroupArn }) => `${logGroupArn}:*`),
});
