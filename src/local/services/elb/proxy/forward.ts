import { request as requestHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { request as requestHttps } from "node:https";
import { addTo } from "../metrics/counters";
import type { Listener } from "../table/table";
import { COOKIES, cookieValueOf, setCookies, targetCookies } from "../targets/cookies";
import type { Address, Group, Target } from "../targets/target";
import { originOf } from "./facts";
import { limitConnecting } from "./connecting";
import { toClient, toTarget } from "./headers";
import { answer } from "./pages";
import type { Route } from "./route";
import { countedBy, type Traffic } from "./traffic";

/** One request on its way to a target. */
interface Exchange {
  readonly traffic: Traffic;
  readonly listener: Listener;
  readonly group: Group;
  readonly target: Target;
  readonly address: Address;
  readonly route: Route;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Sends a request to its target, and the answer to the client. */
export function forward(
  traffic: Traffic,
  listener: Listener,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { group, chosen } = route;
  if (!group || !chosen) {
    fail(traffic, listener, group, response, 503);
    return;
  }
  const { target, address } = chosen;
  traffic.counters.count(countedBy(listener, group), (counts) => {
    counts.requests += 1;
  });
  target.inFlight += 1;
  response.once("close", () => {
    target.inFlight -= 1;
    traffic.draining.released(group, target);
  });
  send({ traffic, listener, group, target, address, route, request, response }, true);
}

/** Answers that no target did. */
function fail(
  { counters }: Traffic,
  listener: Listener,
  group: Group | undefined,
  response: ServerResponse,
  status: 502 | 503 | 504,
  connection = false,
): void {
  counters.count(countedBy(listener, group), (counts) => {
    counts.elb.set(status, (counts.elb.get(status) ?? 0) + 1);
    if (connection) counts.connectionErrors += 1;
  });
  answer(response, status);
}

/** GET and HEAD without a body can be sent again. */
const canRepeat = ({ method, headers }: IncomingMessage) =>
  (method === "GET" || method === "HEAD") &&
  headers["content-length"] === undefined &&
  headers["transfer-encoding"] === undefined;

function send(exchange: Exchange, first: boolean): void {
  const { traffic, listener, group, target, address, request, response } = exchange;
  const began = performance.now();
  const sent = (group.settings.protocol === "HTTPS" ? requestHttps : requestHttp)({
    host: address.host,
    port: address.port,
    method: request.method,
    path: request.url,
    // A second attempt gets a new connection.
    agent: first ? target.agent : false,
    ...(!first && group.settings.protocol === "HTTPS" && { rejectUnauthorized: false }),
    headers: toTarget(request.rawHeaders, listener.loadBalancer, originOf(request, listener)),
  });
  let gone = false;
  let timedOut = false;
  const connecting = limitConnecting(sent, () => {
    timedOut = true;
  });
  sent.setTimeout(listener.loadBalancer.idleTimeoutSeconds * 1000, () => {
    timedOut = true;
    sent.destroy(new Error("idle timeout"));
  });
  sent.on("response", (received) => {
    traffic.counters.count(countedBy(listener, group), (counts) => {
      const kind = Math.floor((received.statusCode ?? 0) / 100);
      counts.target[kind] = (counts.target[kind] ?? 0) + 1;
      addTo(counts.responseTimes, (performance.now() - began) / 1000);
    });
    relay(exchange, received);
  });
  sent.on("error", () => {
    if (gone) return;
    if (response.headersSent) response.destroy();
    else if (first && !timedOut && sent.reusedSocket && canRepeat(request)) send(exchange, false);
    else fail(traffic, listener, group, response, timedOut ? 504 : 502, connecting());
  });
  response.once("close", () => {
    gone = true;
    if (!response.writableFinished) sent.destroy();
  });
  if (canRepeat(request)) sent.end();
  else request.pipe(sent);
}

function relay({ listener, group, target, route, response }: Exchange, received: IncomingMessage): void {
  const headers = toClient(received.rawHeaders);
  const now = new Date();
  const { stickiness } = group.settings;
  const cookies = targetCookies(stickiness, target.cookie, received.headers["set-cookie"] ?? [], now);
  if (route.stickySeconds > 0)
    cookies.push(...setCookies(COOKIES.group, cookieValueOf(group.settings.arn), route.stickySeconds, now));
  for (const cookie of cookies) headers.push("Set-Cookie", cookie);
  response.writeHead(received.statusCode ?? 502, received.statusMessage, headers);
  received.on("error", () => response.destroy());
  received.on("aborted", () => response.destroy());
  response.setTimeout(listener.loadBalancer.idleTimeoutSeconds * 1000, () => response.destroy());
  received.pipe(response);
}
