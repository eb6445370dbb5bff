import type { ServiceConfig } from "../../config/schema";

type Policies = ServiceConfig["task"]["policies"];

/** A statement that allows. */
export type ConfiguredStatement = Exclude<Policies[number], string>;

/** What the configuration lets a role do in addition to what codeseries gives it. */
export interface ConfiguredPolicies {
  readonly managedPolicyArns: readonly string[];
  readonly statements: readonly ConfiguredStatement[];
}

/** Sorts `policies` of the configuration by their kind. */
export const configuredPolicies = (policies: Policies): ConfiguredPolicies => ({
  managedPolicyArns: policies.filter((one) => typeof one === "string"),
  statements: policies.filter((one) => typeof one !== "string"),
});
