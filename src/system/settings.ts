import type { ServiceConfig } from "../config/schema";

/** What one service is in one environment, with the environment's overrides applied. */
export type Settings = Omit<ServiceConfig, "environments" | "source">;

/** Sections that an environment can override. */
export type Section = "build" | "task" | "scaling" | "deployment";

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys of a section whose mappings an override extends. An override replaces any other value. */
const EXTENDED_KEYS = ["variables", "secrets", "hooks", "alarms"];

function override<Values extends object>(base: Values, over: object = {}): Values {
  const merged = new Map(Object.entries(base) as [string, unknown][]);
  for (const [key, value] of Object.entries(over) as [string, unknown][]) {
    const before = merged.get(key);
    const extend = EXTENDED_KEYS.includes(key) && isMapping(before) && isMapping(value);
    merged.set(key, extend ? { ...before, ...value } : value);
  }
  return Object.fromEntries(merged) as Values;
}

/** The settings of a service in an environment. */
export function settingsOf(service: ServiceConfig, environment: string): Settings {
  const { healthCheckPath, host, path, port, version } = service;
  const over = service.environments[environment];
  return {
    healthCheckPath,
    host,
    path,
    port,
    version,
    build: override(service.build, over?.build),
    task: override(service.task, over?.task),
    deployment: override(service.deployment, over?.deployment),
    scaling: over?.scaling ?? service.scaling,
  };
}
