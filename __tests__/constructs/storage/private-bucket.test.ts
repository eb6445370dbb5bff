import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TerraformOutput } from "cdktf";
import {
  bucketArn,
  PrivateBucket,
  type PrivateBucketProps,
} from "../../../src/constructs/storage/private-bucket";
import { decide } from "../../support/decide";
import { policies, statement, synth, theOnly } from "../../support/synth";

const props: PrivateBucketProps = { bucketName: "bys-shared-s3-tfstate", forceDestroy: false };
const arn = "arn:aws:s3:::bys-shared-s3-tfstate";

const build = (overrides: Partial<PrivateBucketProps> = {}) =>
  synth((scope) => {
    const bucket = new PrivateBucket(scope, "bucket", { ...props, ...overrides });
    new TerraformOutput(scope, "after", { value: [bucket.bucketName, bucket.arn], dependsOn: bucket.ready });
  });

const stack = build();

describe("PrivateBucket", () => {
  it("keeps every version", () => {
    expect(theOnly(stack, S3BucketVersioningA).versioning_configuration).toEqual({ status: "Enabled" });
  });

  it("is closed to the public in all four ways", () => {
    expect(theOnly(stack, S3BucketPublicAccessBlock)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it("owns what others write, and knows no ACLs", () => {
    expect(theOnly(stack, S3BucketOwnershipControls).rule).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
    expect(theOnly(stack, S3Bucket)).not.toHaveProperty("acl");
  });

  it.each([true, false])("may be emptied on destruction if so told: %s", (forceDestroy) => {
    expect(theOnly(build({ forceDestroy }), S3Bucket).force_destroy).toBe(forceDestroy);
  });

  it("may be destroyed by default", () => {
    expect(theOnly(stack, S3Bucket)).not.toHaveProperty("lifecycle");
  });

  it("refuses to be destroyed if so told", () => {
    expect(theOnly(build({ preventDestroy: true }), S3Bucket).lifecycle).toEqual({ prevent_destroy: true });
  });

  it("hands on its name and ARN, and what must exist before it is written to", () => {
    expect(stack.output?.after).toEqual({
      value: [expect.stringMatching(/^\$\{aws_s3_bucket\.\w+\.id\}$/), arn],
      depends_on: [
        expect.stringContaining("aws_s3_bucket_versioning."),
        expect.stringContaining("aws_s3_bucket_server_side_encryption_configuration."),
        expect.stringContaining("aws_s3_bucket_policy."),
      ],
    });
  });
});

describe("the encryption of a private bucket", () => {
  it("is S3's own by default", () => {
    expect(theOnly(stack, S3BucketServerSideEncryptionConfigurationA).rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });

  it("is a KMS key's, with one call for many objects, if there is one", () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-2:202949997891:key/1a2b3c4d-71d6-4e5f-9c3b-5d6e7f809102";
    expect(theOnly(build({ kmsKeyArn }), S3BucketServerSideEncryptionConfigurationA).rule).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn },
        bucket_key_enabled: true,
      },
    ]);
  });
});

describe("the policy of a private bucket", () => {
  const ask = (secure: "true" | "false", resource: string, action: string) =>
    decide([statement(stack, "DenyInsecureConnections")], {
      principal: "arn:aws:iam::202949997891:role/bys-shared-iam-admin-role",
      action,
      resource,
      accountId: "202949997891",
      context: { "aws:SecureTransport": secure },
    });

  it("demands TLS of everybody, for the bucket and its objects", () => {
    expect(statement(stack, "DenyInsecureConnections")).toEqual({
      sid: "DenyInsecureConnections",
      effect: "Deny",
      principals: [{ type: "*", identifiers: ["*"] }],
      actions: ["s3:*"],
      resources: [arn, `${arn}/*`],
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    });
  });

  it.each([
    ["s3:ListBucket", arn],
    ["s3:GetObject", `${arn}/dev/terraform.tfstate`],
    ["s3:PutObject", `${arn}/dev/terraform.tfstate`],
  ])("denies %s without TLS only", async (action, resource) => {
    await expect(ask("false", resource, action)).resolves.toBe("ExplicitlyDenied");
    await expect(ask("true", resource, action)).resolves.toBe("Allowed");
  });

  it("allows nobody anything by default", () => {
    expect(policies(stack).bucket_permissions?.map(({ effect }) => effect)).toEqual(["Deny"]);
  });

  it("says more if so told, and still demands TLS", () => {
    const more = { sid: "AlbWritesLogs", actions: ["s3:PutObject"], resources: [`${arn}/alb/*`] };
    expect(policies(build({ statements: [more] })).bucket_permissions).toEqual([
      statement(stack, "DenyInsecureConnections"),
      more,
    ]);
  });

  it("waits for the public access block, which S3 won't change at the same time", () => {
    expect(theOnly(stack, S3BucketPolicy).depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_public_access_block\./),
    ]);
  });
});

describe("the lifecycle of a private bucket", () => {
  it("ends old versions after 30 days and broken uploads after 7 by default, and nothing else", () => {
    expect(theOnly(stack, S3BucketLifecycleConfiguration).rule).toEqual([
      {
        id: "end-old-versions-and-broken-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  it("keeps old versions longer if so told", () => {
    const { rule } = theOnly(build({ noncurrentVersionDays: 90 }), S3BucketLifecycleConfiguration);
    expect(rule).toMatchObject([{ noncurrent_version_expiration: [{ noncurrent_days: 90 }] }]);
  });

  it("ends what is under a prefix if so told", () => {
    const expirations = [{ id: "end-cache", prefix: "dev/cache/", days: 14 }];
    expect(theOnly(build({ expirations }), S3BucketLifecycleConfiguration).rule).toMatchObject([
      { id: "end-old-versions-and-broken-uploads" },
      { id: "end-cache", status: "Enabled", filter: [{ prefix: "dev/cache/" }], expiration: [{ days: 14 }] },
    ]);
  });

  it("waits for versions", () => {
    expect(theOnly(stack, S3BucketLifecycleConfiguration).depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_versioning\./),
    ]);
  });
});

describe("bucketArn", () => {
  it("is known before the bucket exists", () => {
    expect(bucketArn("bys-shared-s3-tfstate")).toBe(arn);
  });
});
