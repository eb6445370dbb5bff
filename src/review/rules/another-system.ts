import { isRecord, isSame, textsIn, type Values } from "../plan/values";
import type { Rule } from "./rule";

const FIXED = ["organization", "region"];

export const anotherSystem: Rule = {
  name: "another-system",
  finds: "the state belongs to another system, or an output that other stacks read goes",
  fact: "A plan against the state of another system destroys that system. A stack that reads an output that is gone cannot be planned.",
  see: "https://developer.hashicorp.com/terraform/language/state/remote-state-data",
  judge({ address, after, before, kind, type }) {
    if (type !== "output") return undefined;
    if (address === "output.system" && kind === "update" && differs(before.value, after.value))
      return { verdict: "dangerous", why: "the state is that of another system" };
    return kind === "delete"
      ? { verdict: "look", why: "the output goes: a stack that reads it cannot be planned" }
      : { verdict: "safe", why: "an output: other stacks see it at their next plan", judged: ["value"] };
  },
};

/** Whether the outputs `system` of two plans have another organization, region or account, or no service in common. */
function differs(before: unknown, after: unknown): boolean {
  if (!isRecord(before) || !isRecord(after)) return false;
  if (FIXED.some((key) => key in before && key in after && !isSame(before[key], after[key]))) return true;
  const accounts = isRecord(after.accounts) ? after.accounts : {};
  const moved = Object.entries(isRecord(before.accounts) ? before.accounts : {}).some(
    ([name, id]) => name in accounts && accounts[name] !== id,
  );
  if (moved) return true;
  const [old, next] = [servicesOf(before), servicesOf(after)];
  return old.length > 0 && next.length > 0 && !old.some((name) => next.includes(name));
}

const servicesOf = ({ services }: Values) =>
  isRecord(services) ? Object.keys(services) : [...textsIn(services)];
