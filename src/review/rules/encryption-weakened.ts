import { at, isSame } from "../plan/values";
import type { Rule } from "./rule";
import { isDropped, namesAnother, judgeSettings, turnsOff, type Setting } from "./weaker";

const SSE = "aws_s3_bucket_server_side_encryption_configuration";
const lost = "encryption gets weaker, or ends";

const keyOf = (rules: unknown) => at(rules, "0.apply_server_side_encryption_by_default.0.kms_master_key_id");

/** Of the rule: kms with a key of one's own, then the key of AWS, then S3's own. */
const rank = (rules: unknown) => {
  const algorithm = at(rules, "0.apply_server_side_encryption_by_default.0.sse_algorithm");
  const key = keyOf(rules);
  if (typeof algorithm !== "string" || algorithm === "") return 0;
  return algorithm.startsWith("aws:kms") ? (isDropped(key, "") ? 3 : 2) : 1;
};

const SETTINGS: readonly Setting[] = [
  {
    types: [SSE],
    path: "rule",
    weaker: (before, after) =>
      rank(after) === rank(before) && !isSame(keyOf(before), keyOf(after))
        ? "look"
        : rank(after) < rank(before),
    lost,
    endsWithResource: true,
  },
  { types: ["aws_kms_key"], path: "enable_key_rotation", weaker: turnsOff, lost: "key rotation ends" },
  {
    types: ["aws_kms_key"],
    path: "is_enabled",
    weaker: turnsOff,
    lost: "the key is disabled: nothing that it encrypted can be read",
  },
  {
    types: ["aws_kms_key"],
    path: "deletion_window_in_days",
    weaker: (before, after) => Number(after ?? 30) < Number(before ?? 30),
    lost: "less time to take a deletion of the key back",
  },
  ...["kms_key_id", "kms_key_arn", "kms_master_key_id", "encryption_key"].map((path) => {
    return { path, weaker: namesAnother, lost };
  }),
  ...["encrypted", "storage_encrypted", "at_rest_encryption_enabled", "transit_encryption_enabled"].map(
    (path) => {
      return { path, weaker: turnsOff, lost };
    },
  ),
  { path: "artifact_store.0.encryption_key.0.id", types: ["aws_codepipeline"], weaker: namesAnother, lost },
];

export const encryptionWeakened: Rule = {
  name: "encryption-weakened",
  finds: "encryption ends, its key is disabled or no longer rotated, or AWS's key replaces one's own",
  fact: "What is written from then on has the weaker protection; a key policy no longer decides who can read it.",
  see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html",
  judge: judgeSettings(SETTINGS),
};
