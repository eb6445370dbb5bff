import { without } from "../support/broken-stacks";
import { systemOf } from "../support/evidence";
import { breaks, faultsOf, type Row } from "../support/wiring";

const shipped = systemOf("codeseries.yaml");
const three = systemOf("__tests__/fixtures/three-environments.yaml");

const ACCESS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
const algorithm = "rule.0.apply_server_side_encryption_by_default.sse_algorithm";

describe.each([
  ["artifact", "shared", "bys-shared-s3-codeseries-awssdk-iam", shipped, "aws:kms"],
  ["state", "bootstrap", "bys-shared-s3-tfstate", shipped, "AES256"],
  ["access log", "prd", "acme-prd-access-logs", three, "AES256"],
])("the %s bucket", (_, stack, name, system, encryption) => {
  const type = `${stack}.aws_s3_bucket`;
  breaks(
    system,
    `${type}_public_access_block`,
    name,
    ACCESS.map((argument): Row => [`no ${argument}`, argument, false, "true"]),
  );
  breaks(system, `${type}_ownership_controls`, name, [
    ["an owner of each object", "rule.object_ownership", "ObjectWriter", "BucketOwnerEnforced"],
  ]);
  breaks(system, `${type}_server_side_encryption_configuration`, name, [
    ["another algorithm", algorithm, "aws:kms:dsse", encryption],
  ]);
  breaks(system, type, name, [["a copy elsewhere", "replication_configuration", "other", "nothing"]]);

  it.each([
    "public_access_block",
    "ownership_controls",
    "server_side_encryption_configuration",
    "versioning",
  ])("has no %s, which is named", (kind) => {
    const faults = faultsOf(system, without(system.stacks, `${type}_${kind}`));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.[0]).toMatch(
      new RegExp(`^account \\d{12}: there is no aws_s3_bucket_${kind} whose bucket is "${name}"$`),
    );
  });
});

const key = shipped.evidence.keys[0]?.arn ?? "";
const byDefault = "apply_server_side_encryption_by_default";
const configuration = "shared.aws_s3_bucket_server_side_encryption_configuration";
breaks(shipped, configuration, "bys-shared-s3-codeseries-awssdk-iam", [
  ["another key", `rule.0.${byDefault}.kms_master_key_id`, "alias/other", key],
  ["a bucket key that is off", "rule.0.bucket_key_enabled", false, "true"],
  [
    "a second rule",
    "rule",
    () => [1, 2],
    JSON.stringify({
      [byDefault]: { sse_algorithm: "aws:kms", kms_master_key_id: key },
      bucket_key_enabled: true,
    }),
    "1, 2",
  ],
]);
