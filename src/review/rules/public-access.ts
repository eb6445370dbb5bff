import type { Rule } from "./rule";
import { judgeSettings, turnsOff, turnsOn, type Setting } from "./weaker";

const BLOCK = ["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"];
const KEYS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const publicAccess: Rule = {
  name: "public-access",
  finds: "the public access block of a bucket ends, or something gets a public address",
  fact: "Without the block, one policy or ACL makes the bucket's objects public.",
  see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  judge: judgeSettings([
    ...KEYS.map((path): Setting => ({
      types: BLOCK,
      path,
      weaker: turnsOff,
      lost: "public access is blocked no longer",
      endsWithResource: true,
      withoutIt: true,
    })),
    { path: "publicly_accessible", weaker: turnsOn, lost: "it gets a public address", withoutIt: false },
    {
      path: "map_public_ip_on_launch",
      weaker: turnsOn,
      lost: "what starts in the subnet gets a public address",
    },
    {
      types: ["aws_s3_bucket_acl"],
      path: "acl",
      weaker: (_, after) => typeof after === "string" && after.startsWith("public-"),
      lost: "the bucket becomes public",
      withoutIt: "private",
    },
  ]),
};
