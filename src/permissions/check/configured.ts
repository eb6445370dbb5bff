import { InputError } from "../../errors";
import type { System } from "../../system/system";
import type { Policies, Policy } from "../read/policies";
import { grantName, type Grant } from "./answers";
import { isSame } from "./deny-statements";
import { isWildcard, partsOf } from "./parts";

/**
 * What `task.policies` and `build.policies` give: the user's own. It is named, and no call has to need it.
 *
 * @throws InputError if a role has another managed policy, whose document is not in the stacks.
 */
export function configuredIn({ deliveries }: System, { roles }: Policies, policies: readonly Policy[]) {
  const given = new Map(
    deliveries.flatMap(({ arns: { roles: own }, buildPolicies, taskPolicies }) => [
      [own.build, buildPolicies] as const,
      [own.task, taskPolicies] as const,
    ]),
  );
  const isConfigured = ({ policy: { holder, name }, statement }: Grant) => {
    const { managedPolicyArns = [], statements = [] } = given.get(holder) ?? {};
    const stated = statements.map(({ actions, conditions, resources }) => {
      return { Effect: "Allow", Action: actions, Resource: resources, Condition: conditions };
    });
    return managedPolicyArns.includes(name) || stated.some((one) => isSame(one, statement));
  };
  const unread = roles.flatMap(({ arn, unread: names = [] }) => names.map((name) => ({ arn, name })));
  for (const { arn, name } of unread)
    if (!given.get(arn)?.managedPolicyArns.includes(name))
      throw new InputError(`${arn} has ${name} attached, which is not in the configuration: detach it`);

  const grants = policies.flatMap((policy) =>
    policy.document.Statement.map((statement) => ({ policy, statement })),
  );
  const own = grants.filter(isConfigured);
  return {
    isConfigured,
    others: grants.filter((grant) => !own.includes(grant)),
    forGuards: policies.map((policy) =>
      own.some((one) => one.policy === policy) ? withoutConditions(policy) : policy,
    ),
    /** Each statement, with its wildcards, and each policy that only AWS has. */
    lines: [
      ...own.map((grant) => {
        const wildcards = partsOf(grant.statement).filter(isWildcard);
        return [grantName(grant), ...wildcards.map(({ name }) => name)].join(", ");
      }),
      ...unread.map(({ arn, name }) => `${name} of ${arn}, which was not read`),
    ],
  };
}

/** A condition on a tag, say, may hold for a real request, so it does not count. */
const withoutConditions = ({ document, ...policy }: Policy): Policy => {
  const Statement = document.Statement.map((one) =>
    one.Effect === "Allow" ? { ...one, Condition: {} } : one,
  );
  return { ...policy, document: { ...document, Statement } };
};
