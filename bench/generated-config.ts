import { parse, stringify } from "yaml";

/** The first port of the services; each has one of its own, as in a real file. */
const FIRST_PORT = 10_000;

/** A configuration file with this many services, and all else as in `base`. */
export function generatedConfig(base: string, services: number): string {
  const numbers = Array.from({ length: services }, (_, index) => index + 1);
  const entries = numbers.map((number) => [
    `s${number}`,
    { port: FIRST_PORT + number, path: `/s${number}`, healthCheckPath: `/s${number}/health` },
  ]);
  return stringify({ ...(parse(base) as object), services: Object.fromEntries(entries) as object });
}
