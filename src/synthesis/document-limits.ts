import type { Fault } from "../config/fault";
import { resourcesOf, type Resource, type SynthesizedStack } from "./synthesized";

/** A document that AWS accepts up to a size, and what in a configuration makes it longer. */
interface Limit {
  readonly argument: string;
  readonly document: string;
  readonly max: number;
  readonly grows: string;
}

/**
 * In characters. IAM does not count white space, and the documents have none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
const LIMITS: Readonly<Record<string, Limit>> = {
  aws_iam_role: { argument: "assume_role_policy", document: "trust policy", max: 2_048, grows: "names" },
  aws_iam_role_policy: {
    argument: "policy",
    document: "role policy",
    max: 10_240,
    grows: "secrets or statements of policies",
  },
  aws_iam_policy: { argument: "policy", document: "managed policy", max: 6_144, grows: "names" },
  aws_s3_bucket_policy: { argument: "policy", document: "bucket policy", max: 20 * 1024, grows: "names" },
  aws_kms_key_policy: { argument: "policy", document: "key policy", max: 32 * 1024, grows: "environments" },
  aws_ecs_task_definition: {
    argument: "container_definitions",
    document: "task definition",
    max: 64 * 1024,
    grows: "variables and secrets",
  },
};

/** The longest value of a reference: the ARN of a role with a path. */
const LONGEST_ARN = "x".repeat(120);

/** Documents of a stack that are too long for AWS. */
export function oversizedDocuments(stackName: string, stack: SynthesizedStack): Fault[] {
  const resources = resourcesOf({ [stackName]: stack });
  return resources.flatMap((resource) => {
    const limit = LIMITS[resource.type];
    if (!limit) return [];
    const sizeOf = ({ block }: Resource) =>
      String(block[limit.argument]).replaceAll(/\$\{(?!aws:)[^}]*\}/g, LONGEST_ARN).length;
    // The inline policies of a role have one limit together: the last one is reported.
    const together = resources.filter(({ block: { role }, type }) => {
      return role !== undefined && role === resource.block.role && type === resource.type;
    });
    const size =
      together.length > 1 ? together.map(sizeOf).reduce((sum, one) => sum + one) : sizeOf(resource);
    if (size <= limit.max || (together.length > 1 && together.at(-1) !== resource)) return [];
    const expected = `fewer ${limit.grows}: AWS takes a ${limit.document} of ${limit.max} characters`;
    return [{ path: originOf(resource), atKey: true, expected, got: `${size} characters` }];
  });
}

/** The service of a resource, by its place in the tree of constructs, or else its environment. */
function originOf({ block, stack }: Resource): string[] {
  const { metadata } = block["//"] as { readonly metadata: { readonly path: string } };
  const [, folder, service] = metadata.path.split("/");
  return folder === "services" && service !== undefined ? ["services", service] : ["environments", stack];
}
