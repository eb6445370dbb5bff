import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { TerraformOutput } from "cdktf";
import { ArtifactKey, type ArtifactKeyProps } from "../../../src/constructs/artifacts/artifact-key";
import { decide } from "../../support/decide";
import { policies, statement, synth, theOnly } from "../../support/synth";

const dev = {
  sidPrefix: "Dev",
  accountId: "558846431111",
  roleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
  bucketArn: "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
};
const prd = {
  sidPrefix: "Prd",
  accountId: "734421980052",
  roleArn: "arn:aws:iam::734421980052:role/bys-prd-iam-create-cdp-in-shared",
  bucketArn: "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam-prd",
};
const props: ArtifactKeyProps = {
  aliasName: "alias/bys-shared-kms-codeseries",
  description: "Artifacts of awssdk-iam",
  accountId: "202949997891",
  region: "ap-northeast-2",
  readers: [dev, prd],
  protect: false,
};

const build = (overrides: Partial<ArtifactKeyProps> = {}) =>
  synth((scope) => {
    const { arn, ready } = new ArtifactKey(scope, "artifact-key", { ...props, ...overrides });
    new TerraformOutput(scope, "after", { value: arn, dependsOn: ready });
  });

const stack = build();
const policy = Object.values(policies(stack)).flat();
const readersStatements = policy.filter(({ sid }) => sid !== "AccountAdministration");

describe("ArtifactKey", () => {
  it("rotates", () => {
    expect(theOnly(stack, KmsKey)).toMatchObject({
      description: "Artifacts of awssdk-iam",
      enable_key_rotation: true,
    });
  });

  it.each([
    ["AWS's longest", true, 30],
    ["AWS's shortest", false, 7],
  ])("waits %s time for its deletion when protection is %s", (_, protect, days) => {
    expect(theOnly(build({ protect }), KmsKey).deletion_window_in_days).toBe(days);
  });

  it("has an alias for the readers' own policies", () => {
    expect(theOnly(stack, KmsAlias)).toEqual({
      name: "alias/bys-shared-kms-codeseries",
      target_key_id: expect.stringMatching(/^\$\{aws_kms_key\.[\w-]+\.key_id\}$/) as string,
    });
  });

  it("is known by its ARN, not by the alias, and waits for its policy", () => {
    expect(stack.output?.after).toEqual({
      value: expect.stringMatching(/^\$\{aws_kms_key\.[\w-]+\.arn\}$/) as string,
      depends_on: [expect.stringContaining("aws_kms_key_policy.")],
    });
  });

  it("has one policy, beside the key", () => {
    expect(theOnly(stack, KmsKey)).not.toHaveProperty("policy");
    expect(theOnly(stack, KmsKeyPolicy).key_id).toMatch(/^\$\{aws_kms_key\.[\w-]+\.key_id\}$/);
  });
});

describe("the artifact key's policy", () => {
  it("leaves administration to the account's own policies", () => {
    expect(statement(stack, "AccountAdministration")).toEqual({
      sid: "AccountAdministration",
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::202949997891:root"] }],
      actions: ["kms:*"],
      resources: ["*"],
    });
  });

  it("gives each statement an id of its own, and what it would be void without", () => {
    expect(policy.map(({ sid }) => sid)).toEqual([
      "AccountAdministration",
      "DevDeployRoleDecryptsThroughS3",
      "DevDeployRoleDescribes",
      "PrdDeployRoleDecryptsThroughS3",
      "PrdDeployRoleDescribes",
    ]);
    for (const { actions, resources } of policy) expect([actions.length, resources]).toEqual([1, ["*"]]);
  });

  it("lets a reader decrypt and describe, and nothing else", () => {
    expect(new Set(readersStatements.flatMap(({ actions }) => actions))).toEqual(
      new Set(["kms:Decrypt", "kms:DescribeKey"]),
    );
  });

  it("narrows each reader's account to one role by condition, since a principal must exist", () => {
    for (const { principals, condition } of readersStatements.filter(({ sid }) => sid.startsWith("Prd"))) {
      expect(principals).toEqual([{ type: "AWS", identifiers: ["arn:aws:iam::734421980052:root"] }]);
      expect(condition).toContainEqual({
        test: "ArnEquals",
        variable: "aws:PrincipalArn",
        values: [prd.roleArn],
      });
    }
    expect(JSON.stringify(policy.map(({ principals }) => principals))).not.toContain(":role/");
  });

  it("is the account's alone without readers", () => {
    const alone = Object.values(policies(build({ readers: [] }))).flat();
    expect(alone.map(({ sid }) => sid)).toEqual(["AccountAdministration"]);
  });
});

describe("a reader of the artifact key", () => {
  const fromS3 = {
    "kms:ViaService": "s3.ap-northeast-2.amazonaws.com",
    "kms:EncryptionContext:aws:s3:arn": dev.bucketArn,
  };
  const ask = (action: string, context: Record<string, string> = {}, principal = dev.roleArn) =>
    decide(policy, {
      principal,
      action,
      resource: "arn:aws:kms:ap-northeast-2:202949997891:key/1a2b3c4d-71d6-4e5f-9c3b-5d6e7f809102",
      accountId: "202949997891",
      context,
    });

  it("decrypts through S3, with a bucket key and without", async () => {
    const ofObject = { ...fromS3, "kms:EncryptionContext:aws:s3:arn": `${dev.bucketArn}/any/object.zip` };
    await expect(ask("kms:Decrypt", fromS3)).resolves.toBe("Allowed");
    await expect(ask("kms:Decrypt", ofObject)).resolves.toBe("Allowed");
  });

  it.each([
    ["by itself", {}],
    ["through S3 of another region", { ...fromS3, "kms:ViaService": "s3.us-east-1.amazonaws.com" }],
    ["from another reader's bucket", { ...fromS3, "kms:EncryptionContext:aws:s3:arn": prd.bucketArn }],
    ["from any other bucket", { ...fromS3, "kms:EncryptionContext:aws:s3:arn": `${dev.bucketArn}x` }],
  ])("does not decrypt %s", async (_, context) => {
    await expect(ask("kms:Decrypt", context)).resolves.toBe("ImplicitlyDenied");
  });

  it("describes the key", async () => {
    await expect(ask("kms:DescribeKey")).resolves.toBe("Allowed");
  });

  it.each(["kms:Encrypt", "kms:GenerateDataKey"])("may not %s", async (action) => {
    await expect(ask(action, fromS3)).resolves.toBe("ImplicitlyDenied");
  });

  it("is no other role of its account", async () => {
    const otherRole = "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role";
    await expect(ask("kms:Decrypt", fromS3, otherRole)).resolves.toBe("ImplicitlyDenied");
    await expect(ask("kms:DescribeKey", {}, otherRole)).resolves.toBe("ImplicitlyDenied");
  });
});
