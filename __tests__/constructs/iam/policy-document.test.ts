import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Fn, TerraformOutput } from "cdktf";
import {
  accountPrincipal,
  anyone,
  condition,
  onlyRole,
  policyDocument,
  type Statement,
} from "../../../src/constructs/iam/policy-document";
import { synth } from "../../support/synth";

const props: Statement = {
  sid: "ListArtifacts",
  actions: ["s3:ListBucket"],
  resources: ["arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam"],
};

const parsed = (...statements: Statement[]) =>
  JSON.parse(policyDocument(statements)) as { Version: string; Statement: object[] };

describe("policyDocument", () => {
  it("is a policy in AWS's current language version", () => {
    expect(parsed(props)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ListArtifacts",
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
        },
      ],
    });
  });

  it("contains the statements in their order", () => {
    const deny: Statement = { ...props, sid: "DenyListing", effect: "Deny", principals: [anyone] };
    expect(parsed(deny, props).Statement).toMatchObject([
      { Sid: "DenyListing", Effect: "Deny", Principal: "*" },
      { Sid: "ListArtifacts" },
    ]);
  });

  it("has several values as a list, and conditions of one operator together", () => {
    const statement: Statement = {
      sid: "Read",
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      principals: [accountPrincipal("558846431111"), { type: "Service", identifiers: ["a", "b"] }],
      condition: [
        condition("StringEquals", "aws:SourceAccount", "558846431111"),
        condition("Null", "aws:SourceArn", "true"),
        condition("StringEquals", "aws:ResourceAccount", "1", "2"),
      ],
    };
    expect(parsed(statement).Statement).toEqual([
      {
        Sid: "Read",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::558846431111:root", Service: ["a", "b"] },
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Condition: {
          StringEquals: { "aws:SourceAccount": "558846431111", "aws:ResourceAccount": ["1", "2"] },
          Null: { "aws:SourceArn": "true" },
        },
      },
    ]);
  });

  it("has all values of a principal type, and of a condition key, that is given twice", () => {
    const statement: Statement = {
      ...props,
      principals: [accountPrincipal("202949997891"), accountPrincipal("558846431111")],
      condition: [
        condition("StringEquals", "aws:SourceAccount", "202949997891"),
        condition("StringEquals", "aws:SourceAccount", "558846431111"),
      ],
    };
    expect(parsed(statement).Statement).toMatchObject([
      {
        Principal: { AWS: ["arn:aws:iam::202949997891:root", "arn:aws:iam::558846431111:root"] },
        Condition: { StringEquals: { "aws:SourceAccount": ["202949997891", "558846431111"] } },
      },
    ]);
  });

  it("leaves a policy variable of IAM to IAM", () => {
    const home = "arn:aws:s3:::bys-home/$${aws:username}/*";
    const stack = synth((scope) => {
      const value = policyDocument([{ ...props, resources: [home] }]);
      new TerraformOutput(scope, "json", { value, staticId: true });
    });
    expect(stack.output?.json?.value).toContain(`"Resource":"${home}"`);
  });

  it("contains a Terraform function as Terraform reads it, with its quotes", () => {
    const stack = synth((scope) => {
      const resources = [Fn.trimprefix(new KmsKey(scope, "key").arn, "arn:")];
      new TerraformOutput(scope, "json", {
        value: policyDocument([{ ...props, resources }]),
        staticId: true,
      });
    });
    expect(stack.output?.json?.value).toContain('"Resource":"${trimprefix(aws_kms_key.key.arn, "arn:")}"');
  });

  it("keeps references to resources", () => {
    const stack = synth((scope) => {
      const key = new KmsKey(scope, "key", {});
      const statement = { ...props, resources: [key.arn] };
      new TerraformOutput(scope, "json", { value: policyDocument([statement]), staticId: true });
    });
    expect(stack.output?.json?.value).toMatch(/"Resource":"\$\{aws_kms_key\.key\.arn\}"/);
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
