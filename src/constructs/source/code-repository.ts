import { CodecommitRepository } from "@cdktf/provider-aws/lib/codecommit-repository";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface CodeRepositoryProps {
  readonly repositoryName: string;
  readonly accountId: string;
  readonly region: string;
  readonly description: string;
  /** Name of the managed policy for developers. Attach it to a permission set or a group. */
  readonly developerPolicyName: string;
  /** Makes Terraform refuse to destroy the repository, which holds the only copy of the history. */
  readonly preventDestroy: boolean;
}

/** A CodeCommit repository and the managed policy for its developers. It creates no Git credentials. */
export class CodeRepository extends Construct {
  public readonly repositoryName: string;
  public readonly arn: string;
  public readonly cloneUrl: string;
  public readonly developerPolicyArn: string;

  constructor(scope: Construct, id: string, props: CodeRepositoryProps) {
    super(scope, id);

    const repository = new CodecommitRepository(this, "repository", {
      repositoryName: props.repositoryName,
      description: props.description,
      lifecycle: props.preventDestroy ? { preventDestroy: true } : undefined,
    });
    const developers = new IamPolicy(this, "developers", {
      name: props.developerPolicyName,
      description: `Read and write ${props.repositoryName}, and review it; not delete it.`,
      policy: policyDocument([
        workOn(`arn:aws:codecommit:${props.region}:${props.accountId}:${props.repositoryName}`),
      ]),
    });

    this.repositoryName = repository.repositoryName;
    this.arn = repository.arn;
    this.cloneUrl = repository.cloneUrlHttp;
    this.developerPolicyArn = developers.arn;
  }
}

/**
 * Daily work, without deleting the repository or changing its approval rules. Read actions are granted
 * by prefix, as in AWS's AWSCodeCommitPowerUser, because the console needs new ones from time to time.
 */
function workOn(repositoryArn: string): Statement {
  return {
    sid: "WorkOnRepository",
    actions: [
      "codecommit:GitPull",
      "codecommit:GitPush",
      "codecommit:Get*",
      "codecommit:List*",
      "codecommit:Describe*",
      "codecommit:BatchGet*",
      "codecommit:BatchDescribe*",
      "codecommit:CreateBranch",
      "codecommit:CreateCommit",
      "codecommit:CreatePullRequest",
      "codecommit:UpdatePullRequestTitle",
      "codecommit:UpdatePullRequestDescription",
      "codecommit:UpdatePullRequestStatus",
      "codecommit:UpdatePullRequestApprovalState",
      "codecommit:PostComment*",
      "codecommit:UpdateComment",
      "codecommit:MergePullRequest*",
      "codecommit:EvaluatePullRequestApprovalRules",
    ],
    resources: [repositoryArn],
  };
}
