import type { Rule } from "./rule";

export const givenUp: Rule = {
  name: "given-up",
  finds: "Terraform forgets a resource without destroying it, or takes one over",
  fact: "A forgotten resource goes on, and on the bill, without Terraform. An imported one is changed from now on.",
  see: "https://developer.hashicorp.com/terraform/language/state/remove",
  judge({ importing, kind }) {
    if (kind === "forget") return { verdict: "look", why: "Terraform forgets it; it stays in AWS" };
    return importing ? { verdict: "look", why: "Terraform takes over something that exists" } : undefined;
  },
};
