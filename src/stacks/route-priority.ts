import { createHash } from "node:crypto";

/** What decides which listener rule comes first. */
export interface Route {
  readonly serviceName: string;
  readonly service: { readonly path: string; readonly host?: string };
}

const MAX_SEGMENTS = 8;
/** Bands by host and number of path segments, and places in each; an ALB counts to 50,000. */
const BANDS = 2 * (MAX_SEGMENTS + 1);
const PLACES = Math.floor(50_000 / BANDS);

/** Rules with a host come first, then longer paths: the more special before the more general. */
function bandOf({ service: { host, path } }: Route): number {
  const segments = path === "/" ? 0 : path.split("/").length - 1;
  return (host === undefined ? MAX_SEGMENTS + 1 : 0) + (MAX_SEGMENTS - segments);
}

const placeOf = ({ serviceName }: Route) =>
  createHash("sha256").update(serviceName).digest().readUInt32BE() % PLACES;

/**
 * A priority for each route, from its own service's name, so that a rule keeps its place when
 * others come and go. Only two that meet in one place take neighbouring ones, in the order of their
 * names: there, a new service can move an older one's rule by a place.
 */
export function withPriorities<R extends Route>(routes: readonly R[]): { route: R; priority: number }[] {
  const taken = new Set<number>();
  return [...routes]
    .sort((a, b) => (a.serviceName < b.serviceName ? -1 : 1))
    .map((route) => {
      const start = bandOf(route) * PLACES + 1;
      let place = placeOf(route);
      while (taken.has(start + place)) place = (place + 1) % PLACES;
      taken.add(start + place);
      return { route, priority: start + place };
    });
}
