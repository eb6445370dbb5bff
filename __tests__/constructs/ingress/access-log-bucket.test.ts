import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import {
  AccessLogBucket,
  type AccessLogBucketProps,
} from "../../../src/constructs/ingress/access-log-bucket";
import { policies, statement, synth, theOnly } from "../../support/synth";

const props: AccessLogBucketProps = {
  bucketName: "bys-dev-s3-alb-logs",
  accountId: "558846431111",
  region: "ap-northeast-2",
  forceDestroy: false,
  retentionDays: 90,
};

const build = (overrides: Partial<AccessLogBucketProps> = {}) =>
  synth((scope) => new AccessLogBucket(scope, "access-logs", { ...props, ...overrides }));

const stack = build();

describe("AccessLogBucket", () => {
  it("lets log delivery write below its own account's prefix, and do nothing else", () => {
    expect(statement(stack, "DeliverAccessLogs")).toMatchObject({
      principals: [{ type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] }],
      actions: ["s3:PutObject"],
      resources: ["arn:aws:s3:::bys-dev-s3-alb-logs/AWSLogs/558846431111/*"],
    });
  });

  it("takes logs of its own account's load balancers in its own region only", () => {
    expect(statement(stack, "DeliverAccessLogs").condition).toEqual([
      {
        test: "ArnLike",
        variable: "aws:SourceArn",
        values: ["arn:aws:elasticloadbalancing:ap-northeast-2:558846431111:loadbalancer/*"],
      },
    ]);
  });

  it("allows nothing to anyone else", () => {
    const allowed = Object.values(policies(stack))
      .flat()
      .filter(({ effect }) => effect !== "Deny");
    expect(allowed.map(({ sid }) => sid)).toEqual(["DeliverAccessLogs"]);
  });

  it("refuses requests without TLS", () => {
    expect(statement(stack, "DenyInsecureConnections")).toMatchObject({
      effect: "Deny",
      resources: ["arn:aws:s3:::bys-dev-s3-alb-logs", "arn:aws:s3:::bys-dev-s3-alb-logs/*"],
    });
  });

  it("is closed to the public", () => {
    expect(theOnly(stack, S3BucketPublicAccessBlock)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it("encrypts with SSE-S3, the only encryption that load balancers can write under", () => {
    expect(theOnly(stack, S3BucketServerSideEncryptionConfigurationA).rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });

  it("ends logs after the days it is told", () => {
    expect(theOnly(build({ retentionDays: 14 }), S3BucketLifecycleConfiguration).rule).toContainEqual({
      id: "end-logs",
      status: "Enabled",
      filter: [{ prefix: "AWSLogs/" }],
      expiration: [{ days: 14 }],
    });
  });

  it.each([true, false])("is emptied when it is destroyed only if it may be (%s)", (forceDestroy) => {
    expect(theOnly(build({ forceDestroy }), S3Bucket)).toMatchObject({
      bucket: "bys-dev-s3-alb-logs",
      force_destroy: forceDestroy,
    });
  });
});
