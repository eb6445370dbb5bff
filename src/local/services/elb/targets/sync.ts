import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import type { Document } from "../../../reconcile/documents";
import type { TargetGroup } from "../table/table";
import { cookieValueOf } from "./cookies";
import type { Group, Reachable, Target, TargetDocument } from "./target";

/** Connections that are kept open to a target while it has no requests. */
const FREE_CONNECTIONS = 128;

/** Brings the target groups in mind to what the embedded AWS has. */
export function syncGroups(
  groups: Map<string, Group>,
  wanted: ReadonlyMap<string, TargetGroup>,
  documents: readonly Document<TargetDocument>[],
  reachable: Reachable,
): void {
  for (const [arn, settings] of wanted) {
    const known = groups.get(arn);
    if (known) known.settings = settings;
    else groups.set(arn, { settings, targets: new Map(), turn: 0 });
  }
  for (const arn of [...groups.keys()]) if (!wanted.has(arn)) groups.delete(arn);
  for (const document of documents) {
    const group = groups.get(document.document.targetGroupArn);
    if (group) syncTarget(group, document, reachable);
  }
  const ids = new Set(documents.map(({ id }) => id));
  for (const { targets } of groups.values())
    for (const [id, target] of targets)
      if (!ids.has(id)) {
        targets.delete(id);
        closeFree(target.agent);
      }
}

function syncTarget(group: Group, document: Document<TargetDocument>, reachable: Reachable): void {
  const { state, reason, description, targetId, port } = document.document;
  const health = { state, reason, description };
  const known = group.targets.get(document.id);
  if (!known) {
    const locate = () => reachable(targetId, port);
    group.targets.set(document.id, {
      document,
      health,
      address: locate(),
      locate,
      since: Date.now(),
      streak: 0,
      inFlight: 0,
      agent: agentOf(group.settings),
      cookie: cookieValueOf(document.id),
    });
    return;
  }
  if (isNewTo(known, document)) {
    known.health = health;
    known.since = Date.now();
    known.streak = 0;
  }
  known.document = document;
}

/** Whether a document says what the load balancer did not write: a registration, its end, or the use of the group. */
function isNewTo(
  { health, document }: Target,
  { revision, document: now }: Document<TargetDocument>,
): boolean {
  const ended = (state: string) => state === "draining" || state === "unused";
  return ended(now.state) || ended(health.state) || (now.state === "initial" && revision > document.revision);
}

function agentOf({ protocol }: TargetGroup): Agent {
  const options = { keepAlive: true, maxFreeSockets: FREE_CONNECTIONS };
  // A load balancer does not check the certificates of its targets.
  return protocol === "HTTPS"
    ? new SecureAgent({ ...options, rejectUnauthorized: false })
    : new Agent(options);
}

/** Closes the connections without a request. The others end with theirs. */
function closeFree(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets))
    for (const socket of sockets ?? []) socket.destroy();
  agent.maxFreeSockets = 0;
}
