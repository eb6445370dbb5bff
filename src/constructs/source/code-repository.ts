import { CodecommitApprovalRuleTemplate } from "@cdktf/provider-aws/lib/codecommit-approval-rule-template";
import { CodecommitApprovalRuleTemplateAssociation } from "@cdktf/provider-aws/lib/codecommit-approval-rule-template-association";
import { CodecommitRepository } from "@cdktf/provider-aws/lib/codecommit-repository";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { condition, policyDocument, type Statement } from "../iam/policy-document";

export interface CodeRepositoryProps {
  readonly repositoryName: string;
  readonly accountId: string;
  readonly region: string;
  readonly description: string;
  /** Name of the managed policy for developers. Attach it to a permission set or a group. */
  readonly developerPolicyName: string;
  /** Protects branches: what is in them was approved. @default - developers may push to every branch */
  readonly review?: BranchReview;
  /** Makes Terraform refuse to destroy the repository, which holds the only copy of the history. */
  readonly preventDestroy: boolean;
}

export interface BranchReview {
  readonly branches: readonly string[];
  /** How many people must approve a pull request to one of these branches. */
  readonly approvals: number;
  readonly ruleName: string;
}

/** A CodeCommit repository and the managed policy for its developers. It creates no Git credentials. */
export class CodeRepository extends Construct {
  public readonly repositoryName: string;
  public readonly arn: string;
  public readonly cloneUrl: string;
  public readonly developerPolicyArn: string;

  constructor(scope: Construct, id: string, props: CodeRepositoryProps) {
    super(scope, id);

    const arn = `arn:aws:codecommit:${props.region}:${props.accountId}:${props.repositoryName}`;
    const repository = new CodecommitRepository(this, "repository", {
      repositoryName: props.repositoryName,
      description: props.description,
      lifecycle: props.preventDestroy ? { preventDestroy: true } : undefined,
    });
    const developers = new IamPolicy(this, "developers", {
      name: props.developerPolicyName,
      description: `Read and write ${props.repositoryName}, and review it; not delete it.`,
      policy: policyDocument([
        workOn(arn),
        ...(props.review ? [mergeOnly(arn, references(props.review))] : []),
      ]),
    });
    if (props.review) requireApprovals(this, repository.repositoryName, props.review);

    this.repositoryName = repository.repositoryName;
    this.arn = repository.arn;
    this.cloneUrl = repository.cloneUrlHttp;
    this.developerPolicyArn = developers.arn;
  }
}

const references = ({ branches }: BranchReview) => branches.map((branch) => `refs/heads/${branch}`);

/** @see https://docs.aws.amazon.com/codecommit/latest/userguide/approval-rule-templates.html */
function requireApprovals(scope: Construct, repositoryName: string, review: BranchReview) {
  const template = new CodecommitApprovalRuleTemplate(scope, "approvals", {
    name: review.ruleName,
    description: `Pull requests to ${review.branches.join(", ")}`,
    content: JSON.stringify({
      Version: "2018-11-08",
      DestinationReferences: references(review),
      Statements: [{ Type: "Approvers", NumberOfApprovalsNeeded: review.approvals }],
    }),
  });
  new CodecommitApprovalRuleTemplateAssociation(scope, "approvals-here", {
    approvalRuleTemplateName: template.name,
    repositoryName,
  });
}

/**
 * Changes of these branches come from pull requests only. A call that names no branch, as the first one of a
 * push does, is not denied.
 *
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-conditional-branch.html
 */
const mergeOnly = (repositoryArn: string, protectedReferences: readonly string[]): Statement => ({
  sid: "ChangeByPullRequestOnly",
  effect: "Deny",
  actions: [
    "codecommit:GitPush",
    "codecommit:DeleteBranch",
    "codecommit:PutFile",
    "codecommit:DeleteFile",
    "codecommit:CreateCommit",
    "codecommit:MergeBranchesByFastForward",
    "codecommit:MergeBranchesBySquash",
    "codecommit:MergeBranchesByThreeWay",
  ],
  resources: [repositoryArn],
  condition: [
    condition("StringEquals", "codecommit:References", ...protectedReferences),
    condition("Null", "codecommit:References", "false"),
  ],
});

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
