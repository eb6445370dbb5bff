import type { Fault } from "../../config/fault";
import type { Block, SynthesizedStack } from "./synthesis";

/** A document that AWS takes up to a size, and what in a configuration makes it grow. */
interface Limit {
  readonly attribute: string;
  readonly document: string;
  readonly max: number;
  readonly grows: string;
}

/**
 * IAM does not count white space, and the others get none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
const limits: Readonly<Record<string, Limit>> = {
  aws_iam_role: { attribute: "assume_role_policy", document: "trust policy", max: 2_048, grows: "names" },
  aws_iam_role_policy: { attribute: "policy", document: "role policy", max: 10_240, grows: "secrets" },
  aws_iam_policy: { attribute: "policy", document: "managed policy", max: 6_144, grows: "names" },
  aws_s3_bucket_policy: { attribute: "policy", document: "bucket policy", max: 20 * 1024, grows: "names" },
  aws_kms_key_policy: { attribute: "policy", document: "key policy", max: 32 * 1024, grows: "environments" },
  aws_ecs_task_definition: {
    attribute: "container_definitions",
    document: "task definition",
    max: 64 * 1024,
    grows: "variables and secrets",
  },
};

/** The longest that a reference can become: the ARN of a role with a path. */
const LONGEST_ARN = 120;

/** Documents of a stack that AWS refuses for their size. */
export function oversizedDocuments(stackName: string, stack: SynthesizedStack): Fault[] {
  return Object.entries(limits).flatMap(([type, limit]) =>
    Object.values(stack.resource?.[type] ?? {}).flatMap((resource) => {
      const size = sizeOf(resource[limit.attribute]);
      if (size <= limit.max) return [];
      const expected = `fewer ${limit.grows}: AWS takes a ${limit.document} of ${limit.max} characters`;
      return [{ path: originOf(stackName, resource), atKey: true, expected, got: `${size} characters` }];
    }),
  );
}

const sizeOf = (text: unknown) => String(text).replaceAll(/\$\{[^}]*\}/g, "x".repeat(LONGEST_ARN)).length;

/** The service that a resource belongs to, by its place in the tree; or else its environment. */
function originOf(stackName: string, resource: Block): string[] {
  const { metadata } = resource["//"] as { metadata: { path: string } };
  const [, folder, service] = metadata.path.split("/");
  return folder === "services" && service !== undefined ? ["services", service] : ["environments", stackName];
}
