import { createHash } from "node:crypto";
import { isPattern } from "./conditions";

/** What hosts and paths of one kind have in common: they come at the same place in the order of rules. */
export interface Kind {
  /** 0: no host at all. A longer pattern is a narrower one. */
  readonly hostPatternLength: number;
  readonly exactHost: boolean;
  readonly segments: number;
  readonly pathPattern: boolean;
}

const MAX_SEGMENTS = 8;
/** Lengths above this one come first and are not told apart. */
const MAX_LENGTH = 63;

const segmentsOf = (path: string) => Math.min(path.replace(/\/\*?$/, "").split("/").length - 1, MAX_SEGMENTS);

export const kindOf = (host: string | undefined, path: string): Kind => ({
  exactHost: host !== undefined && !isPattern(host),
  hostPatternLength: host !== undefined && isPattern(host) ? Math.min(host.length, MAX_LENGTH) : 0,
  segments: segmentsOf(path),
  pathPattern: isPattern(path),
});

/** The place of a path among those of equal hosts: more parts first, and a pattern after a plain path. */
const pathOrder = ({ pathPattern, segments }: Kind) => 2 * (MAX_SEGMENTS - segments) + (pathPattern ? 1 : 0);
const PATH_ORDERS = 2 * (MAX_SEGMENTS + 1);

/** Rules are evaluated in this order: exact hosts, host patterns with the longest first, no host; then paths. */
export function orderOf(kind: Kind): number {
  const hostOrder = kind.exactHost ? 0 : 1 + MAX_LENGTH - kind.hostPatternLength;
  return hostOrder * PATH_ORDERS + pathOrder(kind);
}

/** Bands by host and number of path segments, and places in each; an ALB counts to 50,000. */
const BANDS = 2 * (MAX_SEGMENTS + 1);
const PLACES = Math.floor(50_000 / BANDS);
/** Path patterns have the last places of a band, so that plain paths of as many segments come first. */
const PATTERN_PLACES = 64;
/** Host patterns come after the bands of exact hosts, where paths of six and more segments without a host are. */
const HOST_PATTERN_PLACES = 7;

/**
 * The priority of a service's rule: a number of the service's name, so that it stays the same when other
 * services are added or removed.
 */
export function priorityOf(service: string, kind: Kind): number {
  const hash = createHash("sha256").update(service).digest().readUInt32BE();
  const first = 1 + (kind.exactHost ? 0 : MAX_SEGMENTS + 1) * PLACES;
  if (kind.hostPatternLength > 0) {
    const order = (MAX_LENGTH - kind.hostPatternLength) * PATH_ORDERS + pathOrder(kind);
    return first + order * HOST_PATTERN_PLACES + (hash % HOST_PATTERN_PLACES);
  }
  const band = first + (MAX_SEGMENTS - kind.segments) * PLACES;
  return band + (kind.pathPattern ? PLACES - 1 - (hash % PATTERN_PLACES) : hash % PLACES);
}
