import type { Rule } from "./rule";

const FILES = /(^|\/)(taskdef\.json|appspec\.ya?ml|buildspec\.ya?ml|imageDetail\.json)$/;

export const deliveryFiles: Rule = {
  name: "delivery-files",
  finds: "a file changes that the next release reads: task definition, AppSpec, buildspec",
  fact: "Nothing that runs changes: task size, variables, secrets and hooks come with the next release.",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html",
  judge(change) {
    const { after, before, changed, kind, type } = change;
    if (type !== "aws_s3_object" || kind !== "update") return undefined;
    const key = before.key ?? after.key;
    if (typeof key !== "string" || !FILES.test(key)) return undefined;
    const judged = changed.filter(
      (one) => !["bucket", "acl", "kms_key_id", "server_side_encryption"].includes(one),
    );
    if (["content", "content_base64", "source"].some((one) => change.isUnknown(one)))
      return { verdict: "look", why: "the next release carries it, but it is known only at apply", judged };
    return { verdict: "safe", why: "the next release carries it", judged };
  },
};
