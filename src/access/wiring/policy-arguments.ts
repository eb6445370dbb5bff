/**
 * By type: the arguments that `synthesized.ts` reads into roles, policies and what they are on. What
 * they say is proven by itself.
 */
export const POLICY_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_ecr_repository_policy: ["policy", "repository"],
  aws_iam_policy: ["policy"],
  aws_iam_role: ["assume_role_policy", "managed_policy_arns"],
  aws_iam_role_policy: ["policy", "role"],
  aws_iam_role_policy_attachment: ["policy_arn", "role"],
  aws_kms_alias: ["name", "target_key_id"],
  aws_kms_key: ["policy"],
  aws_kms_key_policy: ["key_id", "policy"],
  aws_s3_bucket_policy: ["bucket", "policy"],
};
