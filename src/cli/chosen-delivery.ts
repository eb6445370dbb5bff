import { InputError } from "../errors";
import type { Delivery, System } from "../system/system";

/** The one that has the name, or the only one. */
function chosen(kind: string, names: readonly string[], wanted: string | undefined): string {
  const unique = [...new Set(names)];
  const [only = ""] = unique;
  if (wanted === undefined && unique.length === 1) return only;
  if (wanted !== undefined && unique.includes(wanted)) return wanted;
  const got = wanted === undefined ? "none" : `"${wanted}"`;
  throw new InputError(`${kind}: expected one of ${unique.join(", ")}, got ${got}`);
}

/**
 * The service of that name; without a name the only one.
 *
 * @throws InputError if there is none of that name, or several without a name.
 */
export const chosenService = ({ services }: System, wanted?: string) =>
  chosen(
    "service",
    services.map(({ name }) => name),
    wanted,
  );

/**
 * The delivery of a service to an environment; without names the only one.
 *
 * @throws InputError if there is no such delivery, or several.
 */
export function chosenDelivery(system: System, service?: string, environment?: string): Delivery {
  const name = chosenService(system, service);
  const deliveries = system.deliveries.filter((one) => one.service.name === name);
  const environments = deliveries.map((one) => one.environment.name);
  const target = chosen(`environment of ${name}`, environments, environment);
  const [delivery] = deliveries.filter((one) => one.environment.name === target);
  if (!delivery) throw new Error(`no delivery of ${name} to ${target}`);
  return delivery;
}

/**
 * The deliveries of a service to an environment; all of them where a name is left out.
 *
 * @throws InputError if there is no such delivery.
 */
export function chosenDeliveries(system: System, service?: string, environment?: string): Delivery[] {
  const named = system.deliveries.filter((one) => service === undefined || one.service.name === service);
  if (service !== undefined) chosenService(system, service);
  if (environment === undefined) return named;
  const environments = named.map((one) => one.environment.name);
  chosen(service === undefined ? "environment" : `environment of ${service}`, environments, environment);
  return named.filter((one) => one.environment.name === environment);
}
