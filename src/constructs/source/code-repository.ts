import { CodecommitRepository } from "@cdktf/provider-aws/lib/codecommit-repository";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface CodeRepositoryProps {
  readonly repositoryName: string;
  readonly accountId: string;
  readonly region: string;
  readonly description: string;
  /** The managed policy for people; attach it to a permission set or a group. */
  readonly developerPolicyName: string;
  /** Refuses a plan that would destroy the repository, and with it the only copy of its history. */
  readonly preventDestroy: boolean;
}

/** A CodeCommit repository, and what a developer may do with it. Git credentials are never made here. */
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
 * What a developer needs day by day; the repository itself stays, and so do its approval rules. The
 * families of reading actions grow with the console, as they do in AWS's own AWSCodeCommitPowerUser.
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
