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
import { readPolicy, synth } from "../../support/synth";

const props: Statement = {
  sid: "ListArtifacts",
  actions: ["s3:ListBucket"],
  resources: ["arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam"],
};

const render = (statement: Partial<Statement>) => {
  const { Statement: statements } = JSON.parse(policyDocument([{ ...props, ...statement }])) as {
    Statement: [object];
  };
  return statements[0];
};

describe("policyDocument", () => {
  it("is a policy of the current version, a single value without a list", () => {
    expect(JSON.parse(policyDocument([props]))).toEqual({
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

  it("holds several values as a list, in their order", () => {
    expect(render({ actions: ["s3:PutObject", "s3:GetObject"], resources: ["b", "a"] })).toMatchObject({
      Action: ["s3:PutObject", "s3:GetObject"],
      Resource: ["b", "a"],
    });
  });

  it("holds the statements in their order", () => {
    const deny: Statement = { ...props, sid: "DenyListing", effect: "Deny", principals: [anyone] };
    expect(readPolicy(policyDocument([deny, props]))).toEqual([deny, props]);
  });

  it("names everybody by a * alone", () => {
    expect(render({ principals: [anyone] })).toMatchObject({ Principal: "*" });
  });

  it("holds principals of one type together", () => {
    const principals = [
      accountPrincipal("202949997891"),
      { type: "Service", identifiers: ["ecs.amazonaws.com"] },
      accountPrincipal("558846431111"),
    ];
    expect(render({ principals })).toMatchObject({
      Principal: {
        AWS: ["arn:aws:iam::202949997891:root", "arn:aws:iam::558846431111:root"],
        Service: "ecs.amazonaws.com",
      },
    });
  });

  it("holds conditions of one test together, and the values of one key", () => {
    const conditions = [
      condition("Null", "s3:x-amz-server-side-encryption", "false"),
      condition("StringEquals", "aws:SourceAccount", "202949997891"),
      condition("StringEquals", "aws:ResourceAccount", "202949997891"),
      condition("StringEquals", "aws:SourceAccount", "558846431111"),
    ];
    expect(render({ conditions })).toMatchObject({
      Condition: {
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringEquals: {
          "aws:SourceAccount": ["202949997891", "558846431111"],
          "aws:ResourceAccount": "202949997891",
        },
      },
    });
  });

  describe("in a synthesized stack", () => {
    const synthesized = (resources: (key: KmsKey) => string[]) => {
      const { output } = synth((scope) => {
        const key = new KmsKey(scope, "key");
        new TerraformOutput(scope, "policy", {
          value: policyDocument([{ ...props, resources: resources(key) }]),
        });
      });
      return String(output?.policy?.value);
    };

    it("holds references", () => {
      const [statement] = readPolicy(synthesized((key) => [key.arn, `${key.arn}/*`]));
      expect(statement?.resources).toEqual(["${aws_kms_key.key.arn}", "${aws_kms_key.key.arn}/*"]);
    });

    it("holds the quotes of a Terraform function as Terraform reads them", () => {
      expect(synthesized((key) => [Fn.trimprefix(key.arn, "arn:")])).toContain(
        '"Resource":"${trimprefix(aws_kms_key.key.arn, "arn:")}"',
      );
    });

    it("leaves a policy variable of IAM to IAM", () => {
      const home = "arn:aws:s3:::bys-home/$${aws:username}/*";
      expect(readPolicy(synthesized(() => [home]))[0]?.resources).toEqual([home]);
    });
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
  const { principals, conditions } = onlyRole("202949997891", roleArn);

  it("names no role as principal, since a principal must exist", () => {
    expect(principals).toEqual([{ type: "AWS", identifiers: ["arn:aws:iam::202949997891:root"] }]);
    expect(JSON.stringify(principals)).not.toContain(":role/");
  });

  it("narrows the account to exactly that role", () => {
    expect(conditions).toEqual([{ test: "ArnEquals", variable: "aws:PrincipalArn", values: [roleArn] }]);
    expect(JSON.stringify(conditions)).not.toMatch(/IfExists|\*/);
  });
});
