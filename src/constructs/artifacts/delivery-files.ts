import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface DeliveryFilesProps {
  readonly bucketName: string;
  /** ARN of the key of the bucket's objects. */
  readonly kmsKeyArn: string;
  /** The folder, without a slash at its end. */
  readonly folder: string;
  readonly files: readonly TextFile[];
  /** The bucket's policies: they decide how an object may be encrypted. */
  readonly dependsOn: ITerraformDependable[];
}

/** A file with its content, which a plan shows line by line. */
export interface TextFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: string;
}

/** The files of a delivery that a build adds to its output. */
export class DeliveryFiles extends Construct {
  /** `s3://<bucket>/<folder>`. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: DeliveryFilesProps) {
    super(scope, id);

    for (const { content, contentType, name } of props.files)
      new S3Object(this, name, {
        bucket: props.bucketName,
        key: `${props.folder}/${name}`,
        content,
        contentType,
        serverSideEncryption: "aws:kms",
        kmsKeyId: props.kmsKeyArn,
        // An object has at most ten tags; the provider's default tags may be more.
        overrideProvider: { defaultTags: { tags: {} } },
        dependsOn: props.dependsOn,
      });
    this.url = `s3://${props.bucketName}/${props.folder}`;
  }
}
