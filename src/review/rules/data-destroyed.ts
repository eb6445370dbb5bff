import type { Rule } from "./rule";
import { carries } from "./kinds";

export const dataDestroyed: Rule = {
  name: "data-destroyed",
  finds: "a bucket, repository, log group, key, table or database is destroyed or replaced",
  fact: "Terraform destroys the object with what it holds; a replacement is empty. What a deleted KMS key encrypted cannot be read again.",
  see: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
  judge({ ends, kind, type }) {
    if (!ends || carries(type) !== "data") return undefined;
    return {
      verdict: "dangerous",
      why: kind === "replace" ? "replaced: the data in it is lost" : "destroyed: the data in it is lost",
    };
  },
};
