import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { TerraformOutput } from "cdktf";
import {
  accountPrincipal,
  anyone,
  condition,
  onlyRole,
  policyDocument,
  type Statement,
} from "../../../src/constructs/iam/policy-document";
import { synth, theOnly } from "../../support/synth";

const props: Statement = {
  sid: "ListArtifacts",
  actions: ["s3:ListBucket"],
  resources: ["arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam"],
};

const build = (...statements: Statement[]) =>
  synth((scope) => {
    new TerraformOutput(scope, "json", { value: policyDocument(scope, "permissions", statements) });
  });

describe("policyDocument", () => {
  it("holds the statements in their order", () => {
    const deny: Statement = { ...props, sid: "DenyListing", effect: "Deny", principals: [anyone] };
    expect(theOnly(build(deny, props), DataAwsIamPolicyDocument).statement).toEqual([deny, props]);
  });

  it("is the document's JSON", () => {
    expect(build(props).output?.json).toEqual({
      value: "${data.aws_iam_policy_document.permissions.json}",
    });
  });

  it("leaves the effect to Terraform, where it means Allow", () => {
    const { statement } = theOnly(build(props), DataAwsIamPolicyDocument);
    expect(statement).not.toContainEqual(expect.objectContaining({ effect: expect.anything() as unknown }));
  });
});

describe("condition", () => {
  it("is true of any of its values", () => {
    expect(condition("StringLike", "aws:SourceArn", "arn:aws:s3:::bys-a", "arn:aws:s3:::bys-b")).toEqual({
      test: "StringLike",
      variable: "aws:SourceArn",
      values: ["arn:aws:s3:::bys-a", "arn:aws:s3:::bys-b"],
    });
  });
});

describe("principals", () => {
  it("are an account through its root", () => {
    expect(accountPrincipal("558846431111")).toEqual({
      type: "AWS",
      identifiers: ["arn:aws:iam::558846431111:root"],
    });
  });

  it("are everybody, whatever the kind of principal", () => {
    expect(anyone).toEqual({ type: "*", identifiers: ["*"] });
  });
});

describe("onlyRole", () => {
  const roleArn = "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdb-role";
  const { principals, condition: conditions } = onlyRole("202949997891", roleArn);

  it("names no role as principal, since a principal must exist", () => {
    expect(principals).toEqual([{ type: "AWS", identifiers: ["arn:aws:iam::202949997891:root"] }]);
    expect(JSON.stringify(principals)).not.toContain(":role/");
  });

  it("narrows the account to exactly that role", () => {
    expect(conditions).toEqual([{ test: "ArnEquals", variable: "aws:PrincipalArn", values: [roleArn] }]);
    expect(JSON.stringify(conditions)).not.toMatch(/IfExists|\*/);
  });
});
