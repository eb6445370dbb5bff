import type { ServiceConfig } from "../config/schema";

type Build = ServiceConfig["build"];
type Task = ServiceConfig["task"];

/** What one service is in one environment, with the environment's overrides and every default applied. */
export interface Settings extends Omit<
  ServiceConfig,
  "build" | "host" | "path" | "environments" | "source" | "task"
> {
  /** None: any host. */
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** The first path, up to a part with a wildcard. */
  readonly path: string;
  readonly build: Build & { readonly image: string };
  readonly task: Task & { readonly desiredCount: number };
}

export type Architecture = Settings["task"]["architecture"];

/**
 * CodeBuild's images that build for an architecture, with a Docker engine of that architecture.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/ec2-compute-images.html
 */
export const BUILD_IMAGES: Readonly<Record<Architecture, string>> = {
  x86_64: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
  arm64: "aws/codebuild/amazonlinux-aarch64-standard:3.0",
};

/** One task may be replaced at any time; two in different zones are not replaced at once. */
const DEFAULT_DESIRED_COUNT = 2;

/** Sections that an environment can override. */
export type Section = "healthCheck" | "build" | "task" | "scaling" | "deployment";

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys of a section whose mappings an override extends. An override replaces any other value. */
const EXTENDED_KEYS = ["variables", "secrets", "sidecars", "dependsOn", "hooks", "alarms"];

function override<Values extends object>(base: Values, over: object = {}): Values {
  const merged = new Map(Object.entries(base) as [string, unknown][]);
  for (const [key, value] of Object.entries(over) as [string, unknown][]) {
    if (value === undefined) continue;
    const before = merged.get(key);
    const extend = EXTENDED_KEYS.includes(key) && isMapping(before) && isMapping(value);
    merged.set(key, extend ? { ...before, ...value } : value);
  }
  return Object.fromEntries(merged) as Values;
}

/** What an environment overrides of a service. A service that is not delivered there has no overrides. */
export type Overrides = Exclude<ServiceConfig["environments"][string], false>;

/** What an environment overrides of a service, if anything. */
export const overridesIn = (service: ServiceConfig | undefined, environment: string): Overrides =>
  (Object.hasOwn(service?.environments ?? {}, environment) && service?.environments[environment]) || {};

/** Whether a service is delivered to an environment. */
export const isDelivered = (service: ServiceConfig, environment: string) =>
  service.environments[environment] !== false;

/** The settings of a service in an environment. @param environment @default - without any overrides */
export function settingsOf(service: ServiceConfig, environment?: string): Settings {
  const over = environment === undefined ? {} : overridesIn(service, environment);
  const build = override(service.build, over.build);
  const task = override(service.task, over.task);
  const paths = listOf(over.path ?? service.path);
  const scaling = over.scaling ?? service.scaling;
  return {
    port: service.port,
    version: service.version,
    hosts: listOf(over.host ?? service.host ?? []).map((host) => inEnvironment(host, environment)),
    paths,
    path: plainPart(paths[0] ?? "/"),
    priority: over.priority ?? service.priority,
    healthCheckPath: over.healthCheckPath ?? service.healthCheckPath,
    healthCheck: override(service.healthCheck, over.healthCheck),
    stickinessSeconds: over.stickinessSeconds ?? service.stickinessSeconds,
    drainSeconds: over.drainSeconds ?? service.drainSeconds,
    build: { ...build, image: build.image ?? BUILD_IMAGES[task.architecture] },
    task: { ...task, desiredCount: task.desiredCount ?? scaling?.min ?? DEFAULT_DESIRED_COUNT },
    deployment: override(service.deployment, over.deployment),
    scaling,
  };
}

const listOf = (value: string | readonly string[]) => (typeof value === "string" ? [value] : value);

const inEnvironment = (host: string, environment = "{environment}") =>
  host.replaceAll("{environment}", environment);

/** `/api` of `/api/*`, and `/` of `/*.png`. */
const plainPart = (path: string) => path.replace(/\/[^/]*[*?].*$/, "") || "/";
