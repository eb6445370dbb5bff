import { carries } from "./kinds";
import type { Kind } from "../plan/change";
import type { Finding, Rule } from "./rule";

export const settingDestroyed: Rule = {
  name: "setting-destroyed",
  finds:
    "a setting of something else is destroyed or replaced: scaling, routes, endpoints, addresses, lifecycle",
  fact: "The resource that it belongs to then uses AWS's default, or has no such setting. A released address does not come back.",
  see: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html",
  judge({ ends, kind, type }) {
    const what = carries(type);
    if (!ends || (what !== "setting" && what !== "protection")) return undefined;
    return endOf(kind);
  },
};

export const endOf = (kind: Kind): Finding => {
  return {
    verdict: "look",
    why:
      kind === "replace"
        ? "replaced: it is missing for a moment"
        : "removed: what it belongs to goes on without it",
  };
};
