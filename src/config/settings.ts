import type { Account, Config, Service } from "./schema";

/** What one service is in one environment, its overrides applied. */
export type Settings = Pick<Service, "build" | "task" | "scaling" | "deployment">;

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys of a section whose mappings gain entries by an override; any other value is replaced. */
const GROWING_KEYS = ["variables", "secrets", "hooks", "alarms"];

function override<Section extends object>(base: Section, over: object = {}): Section {
  const merged = new Map(Object.entries(base) as [string, unknown][]);
  for (const [key, value] of Object.entries(over) as [string, unknown][]) {
    const before = merged.get(key);
    merged.set(
      key,
      GROWING_KEYS.includes(key) && isMapping(before) && isMapping(value) ? { ...before, ...value } : value,
    );
  }
  return Object.fromEntries(merged) as Section;
}

/** The settings of a service in an environment. */
export function settingsOf(service: Service, environment: string): Settings {
  const over = service.environments[environment];
  return {
    build: override(service.build, over?.build),
    task: override(service.task, over?.task),
    deployment: override(service.deployment, over?.deployment),
    scaling: over?.scaling ?? service.scaling,
  };
}

/** Every service in every environment: what is delivered. */
export function deliveriesOf(config: Config) {
  return Object.keys(config.environments).flatMap((environment) =>
    Object.keys(config.services).map((service) => ({ environment, service })),
  );
}

/** An account by its key in `accounts`. */
export function accountOf({ accounts }: Config, name: string): Account {
  const account = accounts[name];
  if (!account) throw new Error(`unknown account "${name}": the configuration was not checked`);
  return account;
}
