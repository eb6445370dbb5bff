import type { Rule } from "./rule";

export const givenUp: Rule = {
  name: "given-up",
  finds: "Terraform forgets a resource without destroying it, or takes one over",
  fact: "A forgotten resource keeps running, and costing money, without Terraform. From now on Terraform changes an imported one.",
  see: "https://developer.hashicorp.com/terraform/language/state/remove",
  judge({ importing, kind }) {
    if (kind === "forget") return { verdict: "look", why: "Terraform forgets it; it stays in AWS" };
    return importing ? { verdict: "look", why: "Terraform takes over something that exists" } : undefined;
  },
};
