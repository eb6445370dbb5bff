import { trustRole, trustService, type ServiceTrust } from "../../../src/constructs/iam/trust";
import { policyDocument } from "../../../src/constructs/iam/policy-document";
import { decide } from "../../support/decide";
import { statementsOf, type PolicyStatement } from "../../support/synth";

const props: ServiceTrust = {
  service: "codebuild.amazonaws.com",
  sourceAccountId: "202949997891",
  sourceArn: "arn:aws:codebuild:ap-northeast-2:202949997891:project/bys-shared-cdb-awssdk-iam-dev",
};

function only([statement, another]: readonly PolicyStatement[]): PolicyStatement {
  if (!statement || another) throw new Error("expected one statement");
  return statement;
}

const build = (overrides: Partial<ServiceTrust> = {}) =>
  only(statementsOf(policyDocument([trustService({ ...props, ...overrides })])));

describe("trustService", () => {
  it("lets one service assume the role, and do nothing else to it", () => {
    expect(build()).toMatchObject({
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: ["codebuild.amazonaws.com"] }],
    });
  });

  it("trusts it for one resource of one account", () => {
    expect(build().condition).toEqual([
      { test: "StringEquals", variable: "aws:SourceAccount", values: ["202949997891"] },
      { test: "ArnEquals", variable: "aws:SourceArn", values: [props.sourceArn] },
    ]);
  });

  it("reads a * in the resource's ARN as a pattern", () => {
    const sourceArn = "arn:aws:codedeploy:ap-northeast-2:202949997891:deploymentgroup:bys-dev-cddp/*";
    expect(build({ sourceArn }).condition).toContainEqual({
      test: "ArnLike",
      variable: "aws:SourceArn",
      values: [sourceArn],
    });
  });

  it("asks for the account alone when the service sends no source ARN", () => {
    const { condition } = build({ service: "codepipeline.amazonaws.com", sourceArn: undefined });
    expect(condition).toEqual([
      { test: "StringEquals", variable: "aws:SourceAccount", values: ["202949997891"] },
    ]);
  });

  it("does without IfExists, which would trust a service that names no source", () => {
    expect(JSON.stringify(build())).not.toContain("IfExists");
  });
});

describe("trustRole", () => {
  const roleArn = "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role";
  const trust = only(statementsOf(policyDocument([trustRole("202949997891", roleArn)])));
  const assume = (principal: string) =>
    decide([trust], {
      principal,
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
      accountId: "558846431111",
    });

  it("names no role as principal, since a principal must exist", () => {
    expect(trust.principals).toEqual([{ type: "AWS", identifiers: ["arn:aws:iam::202949997891:root"] }]);
  });

  it("asks for no source ARN or account, which AWS does not send from role to role", () => {
    expect(trust.condition).toEqual([{ test: "ArnEquals", variable: "aws:PrincipalArn", values: [roleArn] }]);
    expect(JSON.stringify(trust)).not.toContain("aws:Source");
  });

  it("lets that role in", async () => {
    await expect(assume(roleArn)).resolves.toBe("Allowed");
  });

  it.each([
    ["another role of the account", "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdb-role"],
    [
      "a role of that name at another path",
      "arn:aws:iam::202949997891:role/bys-shared-iam-cdpl-awssdk-iam-role",
    ],
    ["a role of that name elsewhere", roleArn.replace("202949997891", "734421980052")],
  ])("keeps out %s", async (_, principal) => {
    await expect(assume(principal)).resolves.toBe("ImplicitlyDenied");
  });
});
