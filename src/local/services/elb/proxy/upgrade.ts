import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { Duplex } from "node:stream";
import type { Listener } from "../table/table";
import type { Address, Group, Target } from "../targets/target";
import { originOf } from "./facts";
import { CONNECT_TIMEOUT_MS } from "./connecting";
import { actionFor } from "./handle";
import { toTarget } from "./headers";
import { rawAnswer } from "./pages";
import { routeOf } from "./route";
import { countedBy, type Traffic } from "./traffic";

/** A connection of a client that asks for another protocol, such as WebSocket, with what it has sent already. */
interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Connects a client that asks for an upgrade with a target. Only a rule that forwards can do it. */
export function handleUpgrade(traffic: Traffic, listenerArn: string, upgrade: Upgrade): void {
  const { request, socket } = upgrade;
  socket.on("error", () => socket.destroy());
  const listener = traffic.listener(listenerArn);
  const action = listener && actionFor(listener, request);
  if (!listener || action?.type !== "forward") {
    socket.end(rawAnswer(action ? 400 : 503));
    return;
  }
  const { group, chosen } = routeOf(action, traffic.groups, request.headers.cookie, Math.random());
  traffic.counters.count(countedBy(listener, group), (counts) => {
    if (chosen) counts.requests += 1;
    else counts.elb.set(503, (counts.elb.get(503) ?? 0) + 1);
  });
  if (!group || !chosen) socket.end(rawAnswer(503));
  else connect(traffic, listener, group, chosen, upgrade);
}

function connect(
  traffic: Traffic,
  listener: Listener,
  group: Group,
  { target, address }: { readonly target: Target; readonly address: Address },
  { request, socket, head }: Upgrade,
): void {
  const secure = group.settings.protocol === "HTTPS";
  const upgraded = ["Connection", "Upgrade", "Upgrade", request.headers.upgrade ?? ""];
  const sent = (secure ? requestHttps : requestHttp)({
    ...address,
    method: request.method,
    path: request.url,
    agent: false,
    timeout: CONNECT_TIMEOUT_MS,
    ...(secure && { rejectUnauthorized: false }),
    headers: [
      ...toTarget(request.rawHeaders, listener.loadBalancer, originOf(request, listener)),
      ...upgraded,
    ],
  });
  target.inFlight += 1;
  socket.once("close", () => {
    target.inFlight -= 1;
    traffic.draining.released(group, target);
    sent.destroy();
  });
  const idleMs = listener.loadBalancer.idleTimeoutSeconds * 1000;
  sent.on("upgrade", (received, other, first) => {
    count(traffic, listener, group, received);
    socket.write(headOf(received, ["Connection", "Upgrade", "Upgrade", received.headers.upgrade ?? ""]));
    if (first.length > 0) socket.write(first);
    if (head.length > 0) other.write(head);
    other.on("error", () => socket.destroy());
    other.once("close", () => socket.destroy());
    other.setTimeout(idleMs, () => other.destroy());
    socket.once("close", () => other.destroy());
    socket.pipe(other).pipe(socket);
  });
  // It refuses: the client gets its answer.
  sent.on("response", (received) => {
    count(traffic, listener, group, received);
    socket.write(headOf(received, ["Connection", "close"]));
    received.pipe(socket);
  });
  sent.on("timeout", () => sent.destroy(new Error("connect timeout")));
  sent.on("error", () => {
    if (socket.writable) socket.end(rawAnswer(502));
  });
  sent.end();
}

function count({ counters }: Traffic, listener: Listener, group: Group, received: IncomingMessage): void {
  const kind = Math.floor((received.statusCode ?? 0) / 100);
  counters.count(countedBy(listener, group), (counts) => {
    counts.target[kind] = (counts.target[kind] ?? 0) + 1;
  });
}

const OF_CONNECTION = new Set(["connection", "keep-alive", "upgrade", "transfer-encoding"]);

/** The head of an answer as it is written to the connection. */
function headOf(received: IncomingMessage, more: readonly string[]): string {
  const lines = [`HTTP/1.1 ${received.statusCode ?? 502} ${received.statusMessage ?? ""}`];
  const raw = received.rawHeaders;
  for (let at = 0; at + 1 < raw.length; at += 2)
    if (!OF_CONNECTION.has((raw[at] ?? "").toLowerCase()))
      lines.push(`${raw[at] ?? ""}: ${raw[at + 1] ?? ""}`);
  for (let at = 0; at + 1 < more.length; at += 2) lines.push(`${more[at] ?? ""}: ${more[at + 1] ?? ""}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}
