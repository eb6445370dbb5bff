import type { Rule } from "./rule";
import { judgeSettings, turnsOff } from "./weaker";

export const versioningOff: Rule = {
  name: "versioning-off",
  finds: "versioning of a bucket is suspended or removed, or tags of images can be overwritten",
  fact: "An object that is overwritten or deleted cannot come back. A CodePipeline source in S3 needs versioning.",
  see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  judge: judgeSettings([
    {
      types: ["aws_s3_bucket_versioning"],
      path: "versioning_configuration.0.status",
      weaker: turnsOff,
      lost: "versioning ends: what is overwritten cannot come back",
      endsWithResource: true,
    },
    {
      types: ["aws_ecr_repository"],
      path: "image_tag_mutability",
      weaker: (before, after) => before === "IMMUTABLE" && after !== before,
      lost: "a tag can be moved to another image",
    },
  ]),
};
