import { fc } from "./fast-check";

const fargateSize = fc.constantFrom(
  { cpu: 256, memory: 512 },
  { cpu: 512, memory: 4096 },
  { cpu: 4096, memory: 30720 },
  { cpu: 16384, memory: 122880 },
);

const variables = fc.dictionary(
  fc.constantFrom("LOG_LEVEL", "JAVA_OPTS", "_X"),
  fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom("<IMAGE1_NAME>", "${x} %{y}", "<AWS_REGION>")),
  { maxKeys: 3 },
);
const secrets = fc.dictionary(
  fc.constantFrom("PASSWORD", "TOKEN"),
  fc.constantFrom(
    "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a/b-AbCdEf",
    "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a/b-AbCdEf:key::",
    "arn:aws:ssm:eu-west-1:111111111111:parameter/a/b",
    "/a/b",
  ),
  { maxKeys: 2 },
);

/** Managed policies, and statements that no guard forbids. */
export const policies = fc.constantFrom<readonly unknown[]>(
  [],
  ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
  [
    "arn:aws:iam::aws:policy/AmazonSNSReadOnlyAccess",
    {
      actions: ["dynamodb:*"],
      resources: ["*"],
      conditions: { StringLike: { "aws:ResourceTag/app": ["${aws:PrincipalTag/app}", "a*"] } },
    },
    { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::data/*", "arn:aws:s3:::more"] },
  ],
);

/** Above the ports of services. */
const SIDECAR_PORTS = { min: 60_001, max: 60_999 };
const sidecar = (offset: number) => ({
  image: fc.constantFrom(
    "public.ecr.aws/a/b:1",
    "111111111111.dkr.ecr.eu-west-1.amazonaws.com/tools/b:1.2",
    `b@sha256:${"0".repeat(64)}`,
  ),
  essential: fc.boolean(),
  cpu: fc.integer({ min: 2, max: 64 }),
  memory: fc.integer({ min: 6, max: 128 }),
  port: fc.integer(SIDECAR_PORTS).map((port) => port + offset),
  variables,
  secrets,
  command: fc.constantFrom(["run"], ["sh", "-c", "echo ${HOME}"]),
  healthCheck: fc.constantFrom(
    { command: ["CMD-SHELL", "exit 0"], intervalSeconds: 10 },
    { command: ["CMD", "/health"], retries: 1, startSeconds: 20 },
  ),
});
const optional = { requiredKeys: ["image"] as ["image"] };
const sidecars = fc
  .tuple(
    fc.record(sidecar(0), optional),
    fc.option(fc.record({ ...sidecar(1000), dependsOn: fc.constant({ proxy: "START" }) }, optional)),
  )
  .map(([proxy, otel]) => ({ proxy, ...(otel && { otel }) }));

/** Of every task that says one. */
export const DESIRED_COUNT = 5;

/** A task that Fargate and ECS accept. */
export const task = fc
  .tuple(
    fargateSize,
    fc.option(sidecars).map((some) => some && { sidecars: some, dependsOn: { proxy: "START" } }),
    fc.record(
      {
        desiredCount: fc.constant(DESIRED_COUNT),
        architecture: fc.constantFrom("x86_64", "arm64"),
        variables,
        secrets,
        // The accounts are random; those of the secrets are not.
        crossAccountSecrets: fc.constant(true),
        secretKeyArns: fc.constantFrom([], ["arn:aws:kms:eu-west-1:111111111111:key/1234abcd"]),
        policies,
        ephemeralStorageGiB: fc.integer({ min: 21, max: 200 }),
        stopTimeoutSeconds: fc.integer({ min: 1, max: 120 }),
        user: fc.constantFrom("app", "1000", "1000:1000", "app:www-data"),
        nofile: fc.integer({ min: 1, max: 1_048_576 }),
        exec: fc.boolean(),
        xray: fc.boolean(),
      },
      { requiredKeys: ["crossAccountSecrets"] },
    ),
  )
  .map(([size, containers, { secretKeyArns, ...rest }]) => ({
    ...size,
    ...containers,
    ...rest,
    // A key without a secret is a fault.
    ...(Object.keys(rest.secrets ?? {}).length > 0 && { secretKeyArns }),
  }));
