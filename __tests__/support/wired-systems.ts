import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemOf, type Delivery } from "../../src/system/system";
import { shippedYaml } from "./faults";
import { resolvedResources, textsIn, without, type Resource } from "./resolved";
import { configOf, synthApp } from "./synth-app";

const fileOf = (file: string) => readFileSync(join(__dirname, "..", "..", file), "utf8");
const shipped = fileOf("codeseries.yaml");
const three = fileOf("__tests__/fixtures/three-environments.yaml");

/** A configuration with lines added after one that it has. */
function withLines(yaml: string, after: string, ...lines: readonly string[]): string {
  if (!yaml.includes(`${after}\n`)) throw new Error(`there is no line ${after}`);
  return yaml.replace(`${after}\n`, [after, ...lines, ""].join("\n"));
}

const configurations: Readonly<Record<string, string>> = {
  shipped,
  "in one account": fileOf("__tests__/fixtures/one-account.yaml"),
  "three environments": three,
  "approved, with an access log": withLines(
    shipped.replace("{ http: true }", "{ http: true, accessLogsBucket: bys-dev-access-logs }"),
    "    cluster: main",
    "    approval: true",
  ),
  "with a shell, traces, secrets, and variables that look like Terraform's": withLines(
    shippedYaml.replace(
      "build: {",
      "build: { variables: { ROLE: '${aws_iam_role.any.arn} %{if}' }, secrets: { TOKEN: 'arn:aws:ssm:ap-northeast-2:202949997891:parameter/ci/token' },",
    ),
    "    healthCheckPath: /iam/actuator/health",
    "    task:",
    "      exec: true",
    "      xray: true",
    "      variables: { PATTERN: '%{level} ${message}' }",
    "      secrets: { KEY: 'arn:aws:ssm:ap-northeast-2:558846431111:parameter/key' }",
  ),
  "with the same names in several accounts": withLines(
    three,
    "names:",
    "  taskFamily: '{service}'",
    "  service: '{service}'",
    "  deploymentGroup: '{service}'",
    "  executionRole: '{service}-execution'",
    "  artifactBucket: '{service}-{environment}'",
  ),
};

/** Systems of these configurations, with every resource resolved. */
export const systems = Object.entries(configurations).map(([title, yaml]) => {
  const config = configOf(yaml);
  return { title, system: systemOf(config), resources: resolvedResources(synthApp(config)) };
});

/** Every delivery of these systems. */
export const everyDelivery = systems.flatMap(({ resources, system, title }) =>
  system.deliveries.map((delivery) => ({
    title: `${title}: ${delivery.service.name} to ${delivery.environment.name}`,
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
