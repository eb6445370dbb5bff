import { systemOf, type Delivery } from "../../src/system/system";
import { resolvedResources, textsIn, without, type Resource } from "./resolved";
import { configFile, synthApp } from "./synth-app";

const files = [
  "codeseries.yaml",
  "__tests__/fixtures/one-account.yaml",
  "__tests__/fixtures/three-environments.yaml",
];
/** Systems of this repository, with every resource resolved. */
export const systems = files.map((file) => {
  const config = configFile(file);
  return { system: systemOf(config), resources: resolvedResources(synthApp(config)) };
});

/** Every delivery of these systems. */
export const everyDelivery = systems.flatMap(({ resources, system }) =>
  system.deliveries.map((delivery) => ({
    title: `${system.organization}: ${delivery.service.name} to ${delivery.environment.name}`,
    delivery,
    resources,
    keyArn: keyArnOf(resources, delivery),
  })),
);

/** ARN of a service's artifact key. Its logical id takes the place of the id that AWS chooses. */
function keyArnOf(resources: readonly Resource[], { names, region, shared }: Delivery): string {
  const { block } = theOne(resources, shared.id, "aws_kms_alias", "name", names.artifactKeyAlias);
  return `arn:aws:kms:${region}:${shared.id}:key/${String(block.target_key_id)}`;
}

/** The one resource of a type and an account that has a value; fails when there is another. */
export function theOne(
  resources: readonly Resource[],
  accountId: string,
  type: string,
  by: string,
  value: string,
) {
  const found = resources.filter(
    (one) => one.type === type && one.accountId === accountId && one.block[by] === value,
  );
  if (found.length !== 1) throw new Error(`expected one ${type} with ${by} ${value}, got ${found.length}`);
  return found[0] as Resource;
}

const POLICY_TYPES = /^aws_(iam_|kms_|s3_bucket_policy$|ecr_repository_policy$)/;

/** Where resources mention a text, other than in policies and in what has the policies. */
export const usesOf = (resources: readonly Resource[], mentioned: RegExp) =>
  resources
    .filter(({ type }) => !POLICY_TYPES.test(type))
    .flatMap(({ block, type }) =>
      textsIn(block)
        .filter(({ text }) => mentioned.test(text))
        .map(({ path }) => `${type} ${path.replaceAll(/\.\d+/g, "")}`),
    )
    .sort();

export const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
/** A name or ARN, not as the beginning of a longer one. */
export const mention = (name: string) => new RegExp(`${escaped(name)}(?![\\w+=,.@-])`);

/** Checks that a bucket is closed to the public, encrypted and versioned. @param encryption @default - SSE-S3 */
export function expectClosedBucket(
  resources: readonly Resource[],
  accountId: string,
  bucket: string,
  encryption: object = { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
) {
  const of = (kind: string) => theOne(resources, accountId, `aws_s3_bucket${kind}`, "bucket", bucket).block;
  expect(without(of(""), ["force_destroy"])).toEqual({ bucket });
  expect(of("_public_access_block")).toEqual({
    bucket,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(of("_ownership_controls")).toEqual({ bucket, rule: { object_ownership: "BucketOwnerEnforced" } });
  expect(of("_server_side_encryption_configuration")).toEqual({ bucket, rule: [encryption] });
  expect(of("_versioning")).toEqual({ bucket, versioning_configuration: { status: "Enabled" } });
}
