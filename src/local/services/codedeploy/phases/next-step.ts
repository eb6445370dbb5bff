import { randomUUID } from "node:crypto";
import { readAppSpec } from "../model/app-spec";
import { noted, nowInSeconds, withDeadline, type Begun } from "../model/document";
import { HOOK_SECONDS } from "../model/ending";
import type { EventName, LifecycleEvent } from "../model/events";
import { marked, nextOf } from "../model/lifecycle";
import { endBlue, succeed, waitUntilContinued } from "./blue";
import type { Hooks } from "../hooks/hooks";
import { install } from "./install";
import { rollBack } from "./rollback";
import type { Session } from "../session";
import { allowTestTraffic, allowTraffic } from "./traffic";

const withStatus = (deployment: Begun, event: EventName, status: LifecycleEvent["status"]): Begun => ({
  ...deployment,
  target: marked(deployment.target, event, status, nowInSeconds()),
});

/** The next step of a deployment: the same deployment if it has to wait. */
export async function nextStep(session: Session, hooks: Hooks, deployment: Begun): Promise<Begun> {
  const next = nextOf(deployment);
  switch (next.do) {
    case "start":
      return start(session, deployment, next.event);
    case "run":
      return deployment.rollsBack
        ? rollBack(session, deployment)
        : run(session, hooks, deployment, next.event);
    case "wait until it is continued":
      return waitUntilContinued(session, deployment);
    case "end blue":
      return endBlue(session, deployment);
    case "succeed":
      return succeed(session, deployment);
  }
}

/** An event that starts, with the id and the time limit of its hook. Without work and hook, it has succeeded. */
function start({ embedded }: Session, deployment: Begun, event: EventName): Begun {
  const { info, notes, target } = deployment;
  const running: Begun = {
    ...deployment,
    info: { ...info, status: "InProgress" },
    target: { ...target, status: "InProgress" },
  };
  if (event in OWN_WORK) return withStatus(running, event, "InProgress");
  if (readAppSpec(deployment.appSpec).hooks[event] === undefined)
    return withStatus(withStatus(running, event, "InProgress"), event, "Succeeded");
  const identified = noted(running, { hooks: { ...notes.hooks, [event]: randomUUID() } });
  const limited = withDeadline(identified, event, embedded.time.scaled(HOOK_SECONDS));
  return withStatus(limited, event, "InProgress");
}

/** Events that CodeDeploy does by itself; the others are hooks. */
const OWN_WORK: Readonly<
  Partial<
    Record<
      EventName,
      (session: Session, deployment: Begun) => Promise<Begun | "installed" | "shifted" | undefined>
    >
  >
> = {
  Install: install,
  AllowTestTraffic: allowTestTraffic,
  AllowTraffic: allowTraffic,
};

async function run(session: Session, hooks: Hooks, deployment: Begun, event: EventName): Promise<Begun> {
  const work = OWN_WORK[event];
  if (!work) {
    const status = await hooks.look(deployment, event);
    return status === undefined ? deployment : withStatus(deployment, event, status);
  }
  const result = await work(session, deployment);
  return typeof result === "object" ? result : withStatus(deployment, event, "Succeeded");
}
