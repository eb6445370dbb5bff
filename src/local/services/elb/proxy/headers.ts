import { randomBytes } from "node:crypto";
import type { LoadBalancer } from "../table/table";

/** Header fields in the order in which they were sent: name, value, name, value. */
export type RawHeaders = readonly string[];

/** Where a request came from, and how. */
export interface Origin {
  readonly address: string;
  readonly protocol: "http" | "https";
  /** That of the listener. */
  readonly port: number;
}

/** They are about one connection. Node writes its own. */
const OF_CONNECTION = new Set(["connection", "keep-alive", "proxy-connection", "upgrade", "expect"]);

const VALID_NAME = /^[A-Za-z0-9-]+$/;

/** Header fields as pairs. */
function* pairs(raw: RawHeaders): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at + 1 < raw.length; at += 2) yield [raw[at] ?? "", raw[at + 1] ?? ""];
}

/**
 * What a target gets: the header fields of the client, and where the request came from.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export function toTarget(
  raw: RawHeaders,
  { dropInvalidHeaders, forwardedFor }: Pick<LoadBalancer, "dropInvalidHeaders" | "forwardedFor">,
  origin: Origin,
  traceId: () => string = newTraceId,
): string[] {
  const kept: string[] = [];
  const before: string[] = [];
  let trace: string | undefined;
  for (const [name, value] of pairs(raw)) {
    const key = name.toLowerCase();
    if (OF_CONNECTION.has(key) || key === "x-forwarded-proto" || key === "x-forwarded-port") continue;
    if (dropInvalidHeaders && !VALID_NAME.test(name)) continue;
    if (key === "x-forwarded-for") before.push(value);
    else if (key === "x-amzn-trace-id") trace = value;
    else kept.push(name, value);
  }
  const forwarded = { append: [...before, origin.address], preserve: before, remove: [] }[forwardedFor];
  if (forwarded.length > 0) kept.push("X-Forwarded-For", forwarded.join(", "));
  kept.push("X-Forwarded-Proto", origin.protocol, "X-Forwarded-Port", String(origin.port));
  kept.push("X-Amzn-Trace-Id", traceOf(trace, traceId));
  return kept;
}

/** What a client gets of the header fields of a target. */
export function toClient(raw: RawHeaders): string[] {
  const kept: string[] = [];
  for (const [name, value] of pairs(raw)) {
    const key = name.toLowerCase();
    if (!OF_CONNECTION.has(key) && key !== "transfer-encoding") kept.push(name, value);
  }
  return kept;
}

/** A request that has a root keeps it, and gets the load balancer's own id. */
function traceOf(sent: string | undefined, traceId: () => string): string {
  if (sent === undefined) return `Root=${traceId()}`;
  return /(^|;)Root=/.test(sent) ? `Self=${traceId()};${sent}` : `Root=${traceId()};${sent}`;
}

const newTraceId = () => `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
