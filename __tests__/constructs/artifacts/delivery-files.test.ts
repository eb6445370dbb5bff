import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformOutput } from "cdktf";
import { DeliveryFiles } from "../../../src/constructs/artifacts/delivery-files";
import { all, synth } from "../../support/synth";

const kmsKeyArn = "arn:aws:kms:ap-northeast-2:202949997891:key/1a2b3c4d-71d6-4e5f-9c3b-5d6e7f809102";
const stack = synth((scope) => {
  const { url } = new DeliveryFiles(scope, "files", {
    bucketName: "any-bucket",
    kmsKeyArn,
    folder: "delivery",
    files: [
      { name: "taskdef.json", contentType: "application/json", content: '{\n  "cpu": "256"\n}\n' },
      { name: "appspec.yml", contentType: "application/yaml", content: "version: 0.0\n" },
    ],
    dependsOn: [{ fqn: "aws_s3_bucket_policy.any" }],
  });
  new TerraformOutput(scope, "url", { value: url, staticId: true });
});
const files = all(stack, S3Object);

describe("DeliveryFiles", () => {
  it("writes each file into the folder, as it is", () => {
    expect(files.map(({ content, content_type, key }) => [key, content_type, content])).toEqual(
      expect.arrayContaining([
        ["delivery/taskdef.json", "application/json", '{\n  "cpu": "256"\n}\n'],
        ["delivery/appspec.yml", "application/yaml", "version: 0.0\n"],
      ]),
    );
  });

  it("encrypts them with the key, by its ARN, after the bucket's policies exist", () => {
    for (const file of files)
      expect(file).toMatchObject({
        bucket: "any-bucket",
        server_side_encryption: "aws:kms",
        kms_key_id: kmsKeyArn,
        depends_on: ["aws_s3_bucket_policy.any"],
      });
  });

  it("has no default tags of the provider: an object may have ten tags", () => {
    for (const file of files) expect(file.override_provider).toEqual({ default_tags: { tags: {} } });
  });

  it("gives the URL that a build reads from", () => {
    expect(stack.output?.url?.value).toBe("s3://any-bucket/delivery");
  });
});
