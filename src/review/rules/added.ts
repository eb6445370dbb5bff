import { carries } from "./kinds";
import type { Rule } from "./rule";

export const added: Rule = {
  name: "added",
  finds: "something is created or read, and nothing that exists changes",
  fact: "A new resource is used only after something refers to it.",
  see: "https://developer.hashicorp.com/terraform/internals/json-format#change-representation",
  judge({ kind, managed, type }) {
    if (kind === "read" || (!managed && type !== "output")) return { verdict: "safe", why: "only read" };
    return kind === "create" && carries(type) !== undefined ? { verdict: "safe", why: "new" } : undefined;
  },
};
