import { createHash } from "node:crypto";

/** What decides the order of listener rules. */
export interface Route {
  readonly service: { readonly name: string };
  readonly settings: { readonly path: string; readonly host?: string };
}

const MAX_SEGMENTS = 8;
/** Bands by host and number of path segments, and places in each; an ALB counts to 50,000. */
const BANDS = 2 * (MAX_SEGMENTS + 1);
const PLACES = Math.floor(50_000 / BANDS);

/** Rules with a host come first, then longer paths: specific rules before general ones. */
function bandOf({ settings: { host, path } }: Route): number {
  const segments = path === "/" ? 0 : path.split("/").length - 1;
  return (host === undefined ? MAX_SEGMENTS + 1 : 0) + (MAX_SEGMENTS - segments);
}

const placeOf = ({ service }: Route) =>
  createHash("sha256").update(service.name).digest().readUInt32BE() % PLACES;

/**
 * A priority for each route, computed from the service's name, so that it stays the same when other
 * services are added or removed. Only where two services get the same place does the one with the later
 * name get the next place, so a new service can move an older rule by one.
 */
export function withPriorities<R extends Route>(routes: readonly R[]): { route: R; priority: number }[] {
  const taken = new Set<number>();
  return [...routes]
    .sort((a, b) => (a.service.name < b.service.name ? -1 : 1))
    .map((route) => {
      const start = bandOf(route) * PLACES + 1;
      let place = placeOf(route);
      while (taken.has(start + place)) place = (place + 1) % PLACES;
      taken.add(start + place);
      return { route, priority: start + place };
    });
}
