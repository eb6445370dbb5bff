import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { TerraformOutput } from "cdktf";
import { ArtifactBucket, type ArtifactBucketProps } from "../../../src/constructs/artifacts/artifact-bucket";
import { decide } from "../../support/decide";
import { policies, statement, synth, theOnly } from "../../support/synth";

const reader = {
  accountId: "558846431111",
  roleArn: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
};
const props: ArtifactBucketProps = {
  bucketName: "bys-shared-s3-codeseries-awssdk-iam",
  kmsKeyArn: "arn:aws:kms:ap-northeast-2:202949997891:key/1a2b3c4d-71d6-4e5f-9c3b-5d6e7f809102",
  reader,
  pipelineKeyPrefix: "bys-shared-cdpl",
  cachePrefix: "dev/cache",
  logPrefix: "dev/logs",
  forceDestroy: true,
};
const bucketArn = "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam";

const build = (overrides: Partial<ArtifactBucketProps> = {}) =>
  synth((scope) => {
    const { arn, bucketName, ready } = new ArtifactBucket(scope, "artifacts", { ...props, ...overrides });
    new TerraformOutput(scope, "after", { value: [bucketName, arn], dependsOn: ready });
  });

const stack = build();
const policy = Object.values(policies(stack)).flat();

describe("ArtifactBucket", () => {
  it("encrypts by default with the key's ARN, never an alias", () => {
    expect(theOnly(stack, S3BucketServerSideEncryptionConfigurationA).rule).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: props.kmsKeyArn,
        },
        bucket_key_enabled: true,
      },
    ]);
    expect(JSON.stringify(stack)).not.toContain("alias/");
  });

  it("ends cache and logs after 30 days, the pipeline's artifacts after 180, and nothing else", () => {
    const { rule } = theOnly(stack, S3BucketLifecycleConfiguration);
    expect(rule).toEqual([
      expect.not.objectContaining({ expiration: expect.anything() as unknown }),
      {
        id: "end-cache",
        status: "Enabled",
        filter: [{ prefix: "dev/cache/" }],
        expiration: [{ days: 30 }],
      },
      { id: "end-logs", status: "Enabled", filter: [{ prefix: "dev/logs/" }], expiration: [{ days: 30 }] },
      {
        id: "end-artifacts",
        status: "Enabled",
        filter: [{ prefix: "bys-shared-cdpl" }],
        expiration: [{ days: 180 }],
      },
    ]);
  });

  it.each([true, false])("may be emptied on destruction if so told: %s", (forceDestroy) => {
    expect(theOnly(build({ forceDestroy }), S3Bucket).force_destroy).toBe(forceDestroy);
  });

  it("hands on the bucket, and what must exist before it is written to", () => {
    expect(stack.output?.after).toEqual({
      value: [expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.id\}$/), bucketArn],
      depends_on: [
        expect.stringContaining("aws_s3_bucket_versioning."),
        expect.stringContaining("aws_s3_bucket_server_side_encryption_configuration."),
        expect.stringContaining("aws_s3_bucket_policy."),
      ],
    });
  });
});

describe("the artifact bucket's policy", () => {
  it("gives each statement an id of its own", () => {
    const sids = policy.map(({ sid }) => sid);
    expect(sids).toHaveLength(6);
    expect(new Set(sids).size).toBe(6);
  });

  it("lets no absent header count as a wrong one", () => {
    expect(policy.flatMap(({ condition = [] }) => condition.map(({ test }) => test))).not.toContainEqual(
      expect.stringContaining("IfExists"),
    );
    const [, ...alsoPresent] = statement(stack, "DenyWrongEncryptionAlgorithm").condition ?? [];
    expect(alsoPresent).toEqual([
      { test: "Null", variable: "s3:x-amz-server-side-encryption", values: ["false"] },
    ]);
  });

  it("names the key by the ARN that the bucket encrypts with", () => {
    expect(statement(stack, "DenyWrongKmsKey").condition).toContainEqual({
      test: "StringNotEquals",
      variable: "s3:x-amz-server-side-encryption-aws-kms-key-id",
      values: [props.kmsKeyArn],
    });
  });

  it("allows reading only", () => {
    const allowed = policy.filter(({ effect }) => effect !== "Deny").flatMap(({ actions }) => actions);
    expect(allowed.sort()).toEqual([
      "s3:GetBucketLocation",
      "s3:GetBucketVersioning",
      "s3:GetObject",
      "s3:GetObjectVersion",
      "s3:ListBucket",
    ]);
  });

  it("allows nothing where the reader's own policies decide, in one account", () => {
    const alone = Object.values(policies(build({ reader: undefined }))).flat();
    expect(alone.filter(({ effect }) => effect !== "Deny")).toEqual([]);
    expect(alone).toHaveLength(policy.length - 2);
  });

  it("allows one role by condition, since a principal must exist", () => {
    const allowing = policy.filter(({ effect }) => effect !== "Deny");
    expect(allowing).toHaveLength(2);
    for (const { principals, condition } of allowing) {
      expect(principals).toEqual([{ type: "AWS", identifiers: ["arn:aws:iam::558846431111:root"] }]);
      expect(condition).toEqual([
        { test: "ArnEquals", variable: "aws:PrincipalArn", values: [reader.roleArn] },
      ]);
    }
    expect(JSON.stringify(policy.map(({ principals }) => principals))).not.toContain(":role/");
  });

  it("keeps what is for objects off the bucket, and the reverse", () => {
    expect(statement(stack, "DeployRoleReadsArtifacts").resources).toEqual([`${bucketArn}/*`]);
    expect(statement(stack, "DeployRoleReadsBucket").resources).toEqual([bucketArn]);
  });
});

describe("an upload to the artifact bucket", () => {
  const ALGORITHM = "s3:x-amz-server-side-encryption";
  const KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const otherKey = "arn:aws:kms:ap-northeast-2:202949997891:key/9f8e7d6c-0a1b-4c2d-8e3f-4a5b6c7d8e9f";
  const put = (context: Record<string, string>) =>
    decide(policy, {
      principal: "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdpl-awssdk-iam-role",
      action: "s3:PutObject",
      resource: `${bucketArn}/bys-shared-cdpl-awss/SourceArti/4xGk2Pq`,
      accountId: "202949997891",
      context,
    });

  it.each([
    ["without encryption headers", "Allowed", {}],
    ["as AES256", "ExplicitlyDenied", { [ALGORITHM]: "AES256" }],
    ["as aws:kms with the key", "Allowed", { [ALGORITHM]: "aws:kms", [KEY_ID]: props.kmsKeyArn }],
    ["as aws:kms with another key", "ExplicitlyDenied", { [ALGORITHM]: "aws:kms", [KEY_ID]: otherKey }],
    ["as aws:kms without a key, meaning aws/s3,", "ExplicitlyDenied", { [ALGORITHM]: "aws:kms" }],
    ["as aws:kms:dsse", "ExplicitlyDenied", { [ALGORITHM]: "aws:kms:dsse", [KEY_ID]: props.kmsKeyArn }],
  ])("%s is %s", async (_, decision, headers) => {
    await expect(put(headers)).resolves.toBe(decision);
  });

  it("without TLS is denied", async () => {
    await expect(put({ "aws:SecureTransport": "false" })).resolves.toBe("ExplicitlyDenied");
  });
});

describe("another account's role at the artifact bucket", () => {
  const otherRole = "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role";
  const ask = (action: string, principal = reader.roleArn, resource = `${bucketArn}/any/object.zip`) =>
    decide(policy, { principal, action, resource, accountId: "202949997891" });

  it("reads what it is to deploy", async () => {
    await expect(ask("s3:GetObject")).resolves.toBe("Allowed");
    await expect(ask("s3:GetObjectVersion")).resolves.toBe("Allowed");
    await expect(ask("s3:ListBucket", reader.roleArn, bucketArn)).resolves.toBe("Allowed");
  });

  it.each(["s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject", "s3:DeleteObjectVersion"])(
    "may not %s, whatever its own policies say",
    async (action) => {
      await expect(ask(action)).resolves.toBe("ImplicitlyDenied");
    },
  );

  it("reads nothing if it is not the reader", async () => {
    await expect(ask("s3:GetObject", otherRole)).resolves.toBe("ImplicitlyDenied");
    await expect(ask("s3:ListBucket", otherRole, bucketArn)).resolves.toBe("ImplicitlyDenied");
  });
});
