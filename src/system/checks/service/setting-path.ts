import type { Path } from "../../../config/fault";
import type { Config } from "../../../config/schema";

/** The names of a delivery. */
interface Subject {
  readonly service: { readonly name: string };
  readonly environment: { readonly name: string };
}

/** The key of a delivery's setting in the file: in the environment's overrides if these have it. */
export function settingPath(config: Config, { environment, service }: Subject, path: Path): Path {
  const own = config.services[service.name]?.environments[environment.name];
  const inOverrides = valueAt(own, path) !== undefined;
  return ["services", service.name, ...(inOverrides ? ["environments", environment.name] : []), ...path];
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
