import type { Rule } from "./rule";
import { judgeSettings, turnsOff, turnsOn } from "./weaker";

const OFF = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"];
const ON = ["force_delete", "force_destroy", "skip_final_snapshot", "bypass_policy_lockout_safety_check"];

export const deletionProtection: Rule = {
  name: "deletion-protection",
  finds: "protection against deletion is switched off",
  fact: "The next destroy then succeeds, with everything in it: force_delete deletes a repository with its images.",
  see: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-settings.html#deletion-protection",
  judge: judgeSettings([
    ...OFF.map((path) => ({ path, weaker: turnsOff, lost: `${path} ends: a destroy succeeds` })),
    ...ON.map((path) => ({ path, weaker: turnsOn, lost: `${path}: a destroy also deletes what is in it` })),
  ]),
};
