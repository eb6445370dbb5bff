import type { IncomingMessage } from "node:http";
import type { RequestFacts } from "../rules/conditions";
import type { RequestUrl } from "../rules/redirect";
import type { Listener } from "../table/table";
import type { Origin } from "./headers";

/** The address of a client, an IPv4 one as such. */
const addressOf = (request: IncomingMessage) =>
  (request.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");

/** The host that a request names, without the port. */
const hostOf = (request: IncomingMessage) => (request.headers.host ?? "").replace(/:\d+$/, "");

/** Path and query of a request, whose target may be a whole URL. */
function pathAndQuery({ url = "/" }: IncomingMessage): readonly [path: string, query: string] {
  const target = url.startsWith("/") ? url : url.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  return [path === "" ? "/" : path, at < 0 ? "" : target.slice(at + 1)];
}

/** What rules look at. */
export function factsOf(request: IncomingMessage): RequestFacts {
  const [path, query] = pathAndQuery(request);
  return {
    method: request.method ?? "GET",
    host: hostOf(request),
    path,
    query: query === "" ? [] : [...new URLSearchParams(query)],
    headers: request.headers,
    sourceIp: addressOf(request),
  };
}

/** What a redirect may keep. */
export function urlOf(request: IncomingMessage, { protocol, port }: Listener): RequestUrl {
  const [path, query] = pathAndQuery(request);
  return { protocol: protocol === "HTTPS" ? "https" : "http", host: hostOf(request), port, path, query };
}

/** What a target learns of the client. */
export const originOf = (request: IncomingMessage, { protocol, port }: Listener): Origin => ({
  address: addressOf(request),
  protocol: protocol === "HTTPS" ? "https" : "http",
  port,
});
