import {
  DescribeRulesCommand,
  ModifyListenerCommand,
  ModifyRuleCommand,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Pair } from "./model/document";
import { ruleChanges } from "./model/rules";
import type { Session } from "./session";

/** How long the load balancer may take for changed rules. */
const SETTLE_LIMIT_MS = 10_000;

/** All rules of a listener; its default action is the last of them. */
export async function describeRules(session: Session, ListenerArn: string): Promise<Rule[]> {
  const rules: Rule[] = [];
  let Marker: string | undefined;
  do {
    const command = new DescribeRulesCommand({ ListenerArn, ...(Marker !== undefined && { Marker }) });
    const page = await session.elb((client) => client.send(command));
    rules.push(...(page.Rules ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== "");
  return rules;
}

/**
 * Gives green its part of the traffic of listeners, and waits until the load balancer has taken it over: a hook
 * that follows must not meet blue. It does nothing twice.
 *
 * @throws Error if no load balancer has.
 */
export async function shiftTraffic(
  session: Session,
  listeners: readonly string[],
  pair: Pair,
  greenPercent: number,
): Promise<void> {
  for (const ListenerArn of listeners)
    for (const { rule, actions } of ruleChanges(
      await describeRules(session, ListenerArn),
      pair,
      greenPercent,
    ))
      await session.elb<unknown>((client) =>
        rule.IsDefault === true
          ? client.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: actions }))
          : client.send(new ModifyRuleCommand({ RuleArn: rule.RuleArn, Actions: actions })),
      );
  if (listeners.length === 0) return;
  try {
    await session.embedded.changes.settled("elb", SETTLE_LIMIT_MS);
  } catch (cause) {
    throw new Error(
      "the load balancer has not taken over the new weights of the listeners; is its process running? " +
        "(codeseries status)",
      { cause },
    );
  }
}
