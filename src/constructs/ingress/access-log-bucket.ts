import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { condition } from "../iam/policy-document";
import { bucketArn, PrivateBucket } from "../storage/private-bucket";

export interface AccessLogBucketProps {
  readonly bucketName: string;
  /** The account of the load balancers that write here. */
  readonly accountId: string;
  readonly region: string;
  readonly forceDestroy: boolean;
  readonly retentionDays: number;
}

/**
 * A bucket for the access logs of an account's load balancers, which support SSE-S3 only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class AccessLogBucket extends Construct {
  public readonly bucketName: string;
  public readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const { accountId, region } = props;

    const bucket = new PrivateBucket(this, "store", {
      bucketName: props.bucketName,
      forceDestroy: props.forceDestroy,
      statements: [
        {
          sid: "DeliverAccessLogs",
          principals: [{ type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] }],
          actions: ["s3:PutObject"],
          resources: [`${bucketArn(props.bucketName)}/AWSLogs/${accountId}/*`],
          condition: [
            condition(
              "ArnLike",
              "aws:SourceArn",
              `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`,
            ),
          ],
        },
      ],
      expirations: [{ id: "end-logs", prefix: "AWSLogs/", days: props.retentionDays }],
    });

    this.bucketName = bucket.bucketName;
    this.ready = bucket.ready;
  }
}
