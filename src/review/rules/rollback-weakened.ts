import { at, textsOf } from "../plan/values";
import type { Rule } from "./rule";
import { judgeSettings, turnsOff, turnsOn } from "./weaker";

const types = ["aws_codedeploy_deployment_group"];

const lostAny = (before: unknown, after: unknown) => {
  const kept = textsOf(after);
  return textsOf(before).some((one) => !kept.includes(one));
};

/** Alarms of other names can be as good: they are to be looked at. */
function watchesLess(before: unknown, after: unknown): boolean | "look" {
  if (at(before, "0.enabled") === false) return false;
  const fewer = textsOf(at(after, "0.alarms")).length < textsOf(at(before, "0.alarms")).length;
  const off = turnsOff(at(before, "0.enabled"), at(after, "0.enabled"));
  const blind = turnsOn(at(before, "0.ignore_poll_alarm_failure"), at(after, "0.ignore_poll_alarm_failure"));
  return fewer || off || blind || (lostAny(at(before, "0.alarms"), at(after, "0.alarms")) && "look");
}

export const rollbackWeakened: Rule = {
  name: "rollback-weakened",
  finds: "a deployment group no longer rolls back, or watches fewer alarms",
  fact: "A release that fails, or that raises an alarm, then stays live.",
  see: "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html",
  judge: judgeSettings([
    {
      types,
      path: "auto_rollback_configuration",
      weaker: (before, after) =>
        turnsOff(at(before, "0.enabled"), at(after, "0.enabled")) ||
        (at(before, "0.enabled") === true && lostAny(at(before, "0.events"), at(after, "0.events"))),
      lost: "fewer failures roll a release back",
    },
    {
      types,
      path: "alarm_configuration",
      weaker: watchesLess,
      lost: "fewer alarms roll a release back",
    },
    {
      types: ["aws_ecs_service"],
      path: "deployment_circuit_breaker",
      weaker: (before, after) =>
        ["enable", "rollback"].some((key) => turnsOff(at(before, `0.${key}`), at(after, `0.${key}`))),
      lost: "a deployment that fails no longer rolls back",
    },
  ]),
};
