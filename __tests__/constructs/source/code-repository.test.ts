import { CodecommitApprovalRuleTemplate } from "@cdktf/provider-aws/lib/codecommit-approval-rule-template";
import { CodecommitApprovalRuleTemplateAssociation } from "@cdktf/provider-aws/lib/codecommit-approval-rule-template-association";
import { CodecommitRepository } from "@cdktf/provider-aws/lib/codecommit-repository";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { TerraformOutput } from "cdktf";
import { CodeRepository, type CodeRepositoryProps } from "../../../src/constructs/source/code-repository";
import { all, policies, statement, synth, theOnly } from "../../support/synth";

const props: CodeRepositoryProps = {
  repositoryName: "awssdk-iam",
  accountId: "202949997891",
  region: "ap-northeast-2",
  description: "Source of awssdk-iam",
  developerPolicyName: "bys-shared-iam-awssdk-iam-developer",
  preventDestroy: false,
};

const build = (overrides: Partial<CodeRepositoryProps> = {}) =>
  synth((scope) => {
    const made = new CodeRepository(scope, "source", { ...props, ...overrides });
    const value = [made.repositoryName, made.arn, made.cloneUrl, made.developerPolicyArn];
    new TerraformOutput(scope, "made", { value });
  });

const stack = build();

describe("CodeRepository", () => {
  it("has its name and says what it is", () => {
    expect(theOnly(stack, CodecommitRepository)).toEqual({
      repository_name: "awssdk-iam",
      description: "Source of awssdk-iam",
    });
  });

  it("refuses to be destroyed if so told", () => {
    expect(theOnly(build({ preventDestroy: true }), CodecommitRepository).lifecycle).toEqual({
      prevent_destroy: true,
    });
  });

  it("hands on its name, ARN and clone URL, and the developers' policy", () => {
    expect(stack.output?.made?.value).toEqual([
      expect.stringMatching(/^\$\{aws_codecommit_repository\.\w+\.repository_name\}$/),
      expect.stringMatching(/^\$\{aws_codecommit_repository\.\w+\.arn\}$/),
      expect.stringMatching(/^\$\{aws_codecommit_repository\.\w+\.clone_url_http\}$/),
      expect.stringMatching(/^\$\{aws_iam_policy\.\w+\.arn\}$/),
    ]);
  });

  it("makes no user, credential or key", () => {
    expect(Object.keys(stack.resource ?? {}).sort()).toEqual(["aws_codecommit_repository", "aws_iam_policy"]);
  });
});

describe("a CodeRepository with reviews", () => {
  const reviewed = build({ review: { branches: ["master", "stage"], approvals: 2, ruleName: "awssdk-iam" } });
  const protectedReferences = ["refs/heads/master", "refs/heads/stage"];

  it("needs approvals of pull requests to its protected branches", () => {
    const { content, name } = theOnly(reviewed, CodecommitApprovalRuleTemplate);
    expect(name).toBe("awssdk-iam");
    expect(JSON.parse(String(content))).toEqual({
      Version: "2018-11-08",
      DestinationReferences: protectedReferences,
      Statements: [{ Type: "Approvers", NumberOfApprovalsNeeded: 2 }],
    });
    expect(all(reviewed, CodecommitApprovalRuleTemplateAssociation)).toHaveLength(1);
  });

  it("denies developers every other change of these branches, and no merge of a pull request", () => {
    const { actions, condition, effect } = statement(reviewed, "ChangeByPullRequestOnly");
    expect(effect).toBe("Deny");
    expect(actions).toEqual([
      "codecommit:GitPush",
      "codecommit:DeleteBranch",
      "codecommit:PutFile",
      "codecommit:DeleteFile",
      "codecommit:CreateCommit",
      "codecommit:MergeBranchesByFastForward",
      "codecommit:MergeBranchesBySquash",
      "codecommit:MergeBranchesByThreeWay",
    ]);
    expect(condition).toEqual([
      { test: "StringEquals", variable: "codecommit:References", values: protectedReferences },
      { test: "Null", variable: "codecommit:References", values: ["false"] },
    ]);
  });
});

describe("the developers' policy", () => {
  const { actions, resources } = statement(stack, "WorkOnRepository");

  it("has its name, and can be attached", () => {
    expect(theOnly(stack, IamPolicy)).toMatchObject({
      name: "bys-shared-iam-awssdk-iam-developer",
      description: "Read and write awssdk-iam, and review it; not delete it.",
    });
  });

  it("is about that repository only", () => {
    expect(Object.values(policies(stack)).flat()).toHaveLength(1);
    expect(resources).toEqual(["arn:aws:codecommit:ap-northeast-2:202949997891:awssdk-iam"]);
  });

  it.each(["codecommit:GitPull", "codecommit:GitPush", "codecommit:CreatePullRequest"])(
    "allows %s",
    (action) => {
      expect(actions).toContain(action);
    },
  );

  it.each([
    "codecommit:DeleteRepository",
    "codecommit:DeleteBranch",
    "codecommit:CreateRepository",
    "codecommit:UpdateRepositoryName",
    "codecommit:PutRepositoryTriggers",
    "codecommit:OverridePullRequestApprovalRules",
    "iam:CreateServiceSpecificCredential",
  ])("does not allow %s", (denied) => {
    const allowing = actions.filter((action) =>
      action.endsWith("*") ? denied.startsWith(action.slice(0, -1)) : action === denied,
    );
    expect(allowing).toEqual([]);
  });
});
