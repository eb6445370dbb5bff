import { condition } from "../constructs/iam/policy-document";
import type { ConfiguredPolicies } from "../constructs/iam/role";
import type { ConfiguredPolicies as Given, ConfiguredStatement } from "../system/grants/policies";
import { escapeTemplate } from "./escape-template";

/** The policies that the configuration gives to a role, with IAM's variables such as `${aws:username}` kept. */
export const configuredPolicies = ({ managedPolicyArns, statements }: Given): ConfiguredPolicies => ({
  managedPolicyArns,
  statements: statements.map(({ actions, conditions, resources }, index) => ({
    sid: `Statement${index + 1}`,
    actions,
    resources: resources.map(escapeTemplate),
    ...(conditions && { condition: conditionsOf(conditions) }),
  })),
});

const conditionsOf = (conditions: NonNullable<ConfiguredStatement["conditions"]>) =>
  Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      condition(operator, key, ...[values].flat().map(escapeTemplate)),
    ),
  );
