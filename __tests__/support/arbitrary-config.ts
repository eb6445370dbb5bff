import { fc } from "./fast-check";
import { DESIRED_COUNT, policies, task } from "./arbitrary-task";

/** Plain content of a configuration file. */
export type Content = Record<string, unknown>;

const letters = "abcdefghijklmnopqrstuvwxyz";
const word = (max: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: max });
const accountId = fc.string({
  unit: fc.constantFrom(...Array.from("0123456789")),
  minLength: 12,
  maxLength: 12,
});

/** Around the number of tasks that a task says. */
const scaling = fc.record(
  {
    min: fc.integer({ min: 1, max: DESIRED_COUNT }),
    max: fc.integer({ min: DESIRED_COUNT, max: 100 }),
    cpuPercent: fc.integer({ min: 1, max: 100 }),
    memoryPercent: fc.integer({ min: 1, max: 100 }),
    requestsPerTarget: fc.integer({ min: 1, max: 10_000 }),
    cooldownSeconds: fc.integer({ min: 0, max: 3600 }),
  },
  { requiredKeys: ["min", "max", "cpuPercent"] },
);

const shift = fc.record({
  percent: fc.integer({ min: 5, max: 99 }),
  minutes: fc.integer({ min: 1, max: 60 }),
});
const HOOKS = [
  "beforeInstall",
  "afterInstall",
  "afterAllowTestTraffic",
  "beforeAllowTraffic",
  "afterAllowTraffic",
];
const deployment = fc.record(
  {
    config: fc.oneof(
      fc.constantFrom("CodeDeployDefault.ECSAllAtOnce", "CodeDeployDefault.ECSCanary10Percent5Minutes"),
      shift.map((canary) => ({ canary })),
      shift.map((linear) => ({ linear })),
    ),
    // Long enough for the longest of the alarms below.
    blueTerminationWaitMinutes: fc.integer({ min: 13, max: 2880 }),
    readyWaitMinutes: fc.integer({ min: 0, max: 2880 }),
    rollbackOnAlarms: fc.boolean(),
    alarms: fc.record(
      {
        errorPercent: fc.integer({ min: 1, max: 100 }),
        minimumRequests: fc.integer({ min: 1, max: 1000 }),
        unhealthyHosts: fc.integer({ min: 1, max: 10 }),
        minutes: fc.integer({ min: 3, max: 10 }),
      },
      { requiredKeys: [] },
    ),
    alarmNames: fc.uniqueArray(word(10), { maxLength: 6 }),
  },
  { requiredKeys: [] },
);

/** Services have paths of their own, so that no two ask for the same requests. */
const service = (index: number, environments: readonly string[]) =>
  fc.record(
    {
      source: fc.oneof(
        fc.constantFrom({}, { clone: "full" }, { repository: "monorepo" }, { approvals: 2 }),
        fc.constantFrom({}, { clone: "full", paths: ["api/**"] }).map((filtered) => ({
          connection: {
            arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/1234abcd",
            repository: "acme/app",
          },
          ...filtered,
        })),
      ),
      port: fc.integer({ min: 1, max: 60_000 }).filter((port) => port !== 2000),
      path:
        index === 0
          ? fc.constantFrom("/", "/zero", "/zero/one", "/*", ["/zero", "/zero/*.png", "/a/b/c"])
          : fc.constant(`/path-${index}`),
      host: fc.constantFrom("api.example.com", "a.b.example.org", ["a.example.com", "b.example.com"]),
      // Where two names have the same number, a service must have its own.
      priority: fc.constant(100 * (index + 1)),
      healthCheckPath: fc.constantFrom("/", "/health", "/actuator/health", "/health/?deep=true"),
      healthCheck: fc.record(
        {
          codes: fc.constantFrom("200", "200-399", "200,301"),
          port: fc.integer({ min: 1, max: 60_000 }),
          intervalSeconds: fc.integer({ min: 61, max: 300 }),
          timeoutSeconds: fc.integer({ min: 2, max: 60 }),
          healthyThreshold: fc.integer({ min: 2, max: 10 }),
          unhealthyThreshold: fc.integer({ min: 2, max: 10 }),
          graceSeconds: fc.integer({ min: 0, max: 179 }),
        },
        { requiredKeys: ["intervalSeconds"] },
      ),
      stickinessSeconds: fc.integer({ min: 0, max: 604_800 }),
      drainSeconds: fc.integer({ min: 0, max: 3600 }),
      build: fc.record({ policies, vpc: fc.boolean() }, { requiredKeys: [] }),
      task,
      scaling,
      deployment,
      environments: fc.dictionary(
        fc.constantFrom(...environments),
        fc.record(
          {
            branch: fc.constant("next"),
            host: fc.constantFrom("{environment}.example.com", "b.example.org"),
            path: fc.constant(`/over-${index}`),
            healthCheckPath: fc.constantFrom("/", "/over"),
            healthCheck: fc.constant({ codes: "200-299" }),
            drainSeconds: fc.constant(0),
            task,
            deployment,
            hooks: fc.subarray(HOOKS),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: ["port", "path", "priority", "healthCheckPath"] },
  );

const environment = (index: number, account: string) =>
  fc.record(
    {
      account: fc.constant(account),
      branch: fc.constantFrom("develop", "release/1.x", "master"),
      tags: fc.constantFrom(["v*"], ["v*", "release/**"]),
      cluster: word(6),
      protect: fc.boolean(),
      approval: fc.boolean(),
      containerInsights: fc.boolean(),
      notifications: fc.constantFrom(
        { email: ["releases@example.com"] },
        { email: ["a@example.com", "b+c@example.org"] },
      ),
      logRetentionDays: fc.constantFrom(1, 30, 3653),
      network: fc.oneof(
        fc.record(
          {
            cidr: fc.integer({ min: 16, max: 24 }).map((prefix) => `10.${index}.0.0/${prefix}`),
            nat: fc.constantFrom("none", "single", "per-zone"),
            flowLogs: fc.boolean(),
          },
          { requiredKeys: ["cidr"] },
        ),
        fc.constant({
          vpcId: "vpc-0123456789abcdef0",
          publicSubnetIds: ["subnet-00000001", "subnet-00000002"],
          privateSubnetIds: ["subnet-00000003", "subnet-00000004"],
        }),
      ),
      ingress: fc.record(
        {
          testPort: fc.integer({ min: 1024, max: 65535 }),
          idleTimeoutSeconds: fc.integer({ min: 1, max: 4000 }),
          testTrafficFrom: fc.constantFrom(["203.0.113.0/24"], ["8.8.8.0/24", "1.1.1.1/32"]),
          internal: fc.boolean(),
          allowFrom: fc.constantFrom(["0.0.0.0/0"], ["203.0.113.0/24", "pl-12345678"]),
          http: fc.constant(true),
          dropInvalidHeaders: fc.boolean(),
          tlsPolicy: fc.constant("ELBSecurityPolicy-TLS13-1-3-2021-06"),
          hostedZones: fc.constantFrom(
            {},
            { "example.com": "Z1", "example.org": "Z2", "b.example.org": "Z3" },
          ),
        },
        { requiredKeys: ["http", "testTrafficFrom"] },
      ),
    },
    { requiredKeys: ["account", "branch", "cluster", "network", "ingress"] },
  );

const uniqueWords = (max: number, length: number) =>
  fc.uniqueArray(word(length), { minLength: 1, maxLength: max });

const BUILD_VPC = {
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: ["subnet-00000005", "subnet-00000006"],
  securityGroupIds: ["sg-00000001"],
};

/** Any configuration that AWS would take. */
export const validContent: fc.Arbitrary<Content> = fc
  .record({
    environmentNames: uniqueWords(2, 3).filter((names) =>
      // The default name of the artifact bucket ends in the environment's, and S3 reserves -an.
      names.every((name) => !["shared", "bootstrap", "an"].includes(name)),
    ),
    serviceNames: uniqueWords(3, 8),
    accounts: fc.record({
      shared: fc
        .tuple(accountId, fc.constantFrom({}, { vpc: BUILD_VPC }))
        .map(([id, more]) => ({ id, ...more })),
      other: fc
        .tuple(
          accountId,
          fc.constantFrom({}, { permissionsBoundary: "team", operate: { profile: "people" } }),
        )
        .map(([id, more]) => ({ id, assumeRole: "terraform", ...more })),
    }),
  })
  .chain(({ accounts, environmentNames, serviceNames }) =>
    fc.record(
      {
        // AWS refuses security group names that start with sg-.
        organization: word(4).filter((name) => name !== "sg"),
        region: fc.constantFrom("ap-northeast-2", "eu-west-1", "us-east-1"),
        tags: fc.constantFrom({}, { team: "platform", "cost center": "a/b" }),
        state: fc
          .constantFrom({}, { prefix: "codeseries" }, { prefix: "a/b.c/d-1" })
          .map((prefix) => ({ bucket: "any-terraform-state", ...prefix })),
        accounts: fc.constant(accounts),
        environments: record(environmentNames, (_, index) =>
          fc.constantFrom("shared", "other").chain((account) => environment(index, account)),
        ),
        services: record(serviceNames, (_, index) => service(index, environmentNames)),
      },
      { requiredKeys: ["organization", "region", "state", "accounts", "environments", "services"] },
    ),
  )
  .map(withHookArns)
  .map(withTagsBehindConnections)
  .map(withWhatServicesRestOn);

/** Git tags start a pipeline only where every source is behind a connection. */
function withTagsBehindConnections(content: Content): Content {
  const { environments, services } = content as unknown as Generated;
  if (Object.values(services).every(({ source }) => source?.connection !== undefined)) return content;
  const withoutTags = Object.entries(environments).map(([name, one]) => [name, { ...one, tags: undefined }]);
  return { ...content, environments: Object.fromEntries(withoutTags) as unknown };
}

/** Builds in a VPC where there is one, and approvals where a branch is protected. */
function withWhatServicesRestOn(content: Content): Content {
  const { accounts, environments, services } = content as unknown as Generated;
  const isProtected = Object.values(environments).some(({ protect }) => protect);
  const changed = Object.entries(services).map(([name, { build, source, ...service }]) => [
    name,
    {
      ...service,
      ...(build && { build: { ...build, vpc: build.vpc && accounts.shared?.vpc !== undefined } }),
      ...(source && { source: { ...source, approvals: isProtected ? source.approvals : undefined } }),
    },
  ]);
  return { ...content, services: Object.fromEntries(changed) as unknown };
}

interface Generated extends Content {
  readonly region: string;
  readonly accounts: Readonly<Record<string, { readonly id: string; readonly vpc?: object }>>;
  readonly environments: Readonly<
    Record<string, { readonly account: string; readonly tags?: unknown; readonly protect?: boolean }>
  >;
  readonly services: Readonly<Record<string, GeneratedService>>;
}
interface GeneratedService {
  readonly build?: { readonly vpc?: boolean };
  readonly source?: { readonly connection?: object; readonly approvals?: number };
  readonly environments?: Readonly<Record<string, Overrides>>;
}
interface Overrides {
  readonly deployment?: object;
  readonly hooks?: readonly string[];
}

/** Names a function of the environment's account and region for each hook. */
function withHookArns(generated: Content): Content {
  const { accounts, environments, region, services } = generated as Generated;
  const arnIn = (environment: string, hook: string) =>
    `arn:aws:lambda:${region}:${accounts[environments[environment]?.account ?? ""]?.id ?? ""}:function:${hook}`;
  const withArns = (environment: string, { hooks = [], ...over }: Overrides) => ({
    ...over,
    ...(hooks.length > 0 && {
      deployment: {
        ...over.deployment,
        hooks: Object.fromEntries(hooks.map((hook) => [hook, arnIn(environment, hook)])),
      },
    }),
  });
  const changed = Object.entries(services).map(([name, service]) => [
    name,
    service.environments === undefined
      ? service
      : {
          ...service,
          environments: Object.fromEntries(
            Object.entries(service.environments).map(([environment, over]) => [
              environment,
              withArns(environment, over),
            ]),
          ),
        },
  ]);
  return { ...generated, services: Object.fromEntries(changed) as unknown };
}

function record<T>(
  names: readonly string[],
  of: (name: string, index: number) => fc.Arbitrary<T>,
): fc.Arbitrary<Record<string, T>> {
  return fc
    .tuple(...names.map((name, index) => of(name, index)))
    .map((values) => Object.fromEntries(values.map((value, index) => [names[index] ?? "", value])));
}

type Path = readonly string[];

/** Mappings whose keys a user chooses, so that an unknown key is none. */
const FREE =
  /^(tags|accounts|environments|services|services\.\w+\.environments|.*\.(variables|secrets|sidecars|dependsOn))$/;

/** Every value of a content, with its path. */
export function entriesOf(content: unknown, at: Path = []): { path: Path; value: unknown }[] {
  const own = { path: at, value: content };
  if (typeof content !== "object" || content === null || Array.isArray(content)) return [own];
  return [own, ...Object.entries(content).flatMap(([key, value]) => entriesOf(value, [...at, key]))];
}

/** The content with one value replaced. */
export function replaced(content: Content, [first, ...rest]: Path, value: unknown): Content {
  if (first === undefined) return content;
  const inner = content[first];
  return { ...content, [first]: rest.length === 0 ? value : replaced(inner as Content, rest, value) };
}

/** A configuration with one thing wrong, and the path that must be named. */
export const brokenContent: fc.Arbitrary<{ content: Content; path: string }> = validContent.chain(
  (content) => {
    const entries = entriesOf(content).filter(({ path, value }) => path.length > 0 && value !== undefined);
    const leaves = entries.filter(({ value }) => typeof value !== "object");
    const sections = entries.filter(
      ({ path, value }) => typeof value === "object" && !Array.isArray(value) && !FREE.test(path.join(".")),
    );
    return fc.oneof(
      fc.constantFrom(...leaves).map(({ path }) => ({
        content: replaced(content, path, { neither: "here nor there" }),
        path: path.join("."),
      })),
      fc
        .constantFrom(...leaves)
        .map(({ path }) => ({ content: replaced(content, path, null), path: path.join(".") })),
      fc.constantFrom(...sections).map(({ path }) => ({
        content: replaced(content, [...path, "unexpected"], 1),
        path: [...path, "unexpected"].join("."),
      })),
      fc
        .constantFrom("organization", "region", "state", "accounts", "environments", "services")
        .map((key) => ({
          content: Object.fromEntries(Object.entries(content).filter(([name]) => name !== key)),
          path: key,
        })),
    );
  },
);
