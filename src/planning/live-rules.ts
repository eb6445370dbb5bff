import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client, ModifyRuleCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { clientSettings } from "../aws/client-settings";
import type { SynthesizedStack } from "../synthesis/synthesized";
import type { Delivery, System } from "../system/system";
import type { StoredState } from "../terraform/state/stored";
import type { PlanJson } from "./plan-json";

/** A rule of a listener, for a service, and the target group that it forwards to. */
export interface ListenerRule {
  readonly service: string;
  readonly arn: string;
  readonly targetGroupArn: string;
}

const RULE = "aws_lb_listener_rule";

interface StoredResource {
  readonly type?: unknown;
  readonly name: string;
  readonly instances?: readonly { readonly attributes?: StoredRule }[];
}

interface StoredRule {
  readonly arn?: unknown;
  readonly action?: readonly { readonly target_group_arn?: unknown }[];
}

/** The production listener's rules that a plan creates, as the state has them after the apply. */
export function createdRules(
  { resource_changes = [] }: PlanJson,
  { resource = {} }: SynthesizedStack,
  state: StoredState | undefined,
): ListenerRule[] {
  const created = resource_changes
    .filter(({ change, type }) => type === RULE && change.actions.includes("create"))
    .map(({ address }) => address);
  return ((state?.resources ?? []) as readonly StoredResource[])
    .filter(({ name, type }) => type === RULE && created.includes(`${RULE}.${name}`))
    .flatMap(({ instances = [], name }) => {
      const { action = [], arn } = instances[0]?.attributes ?? {};
      const group = action[0]?.target_group_arn;
      const service = serviceOf(resource[RULE]?.[name]);
      const isWhole = typeof arn === "string" && typeof group === "string" && service !== undefined;
      return isWhole ? [{ arn, service, targetGroupArn: group }] : [];
    });
}

/** By the place of a rule in the tree of constructs; undefined for one of the test listener, or of no service. */
function serviceOf(block: unknown): string | undefined {
  const { "//": comment } = (block ?? {}) as { "//"?: { metadata?: { path?: string } } };
  const path = comment?.metadata?.path?.split("/") ?? [];
  const [, folder, service] = path;
  return folder === "services" && /^production(-\d+)?$/.test(path.at(-1) ?? "") ? service : undefined;
}

/**
 * Points new listener rules of services that have released at the target group that has the traffic now.
 * Terraform makes each production rule for blue, which after a release can be the empty group; no data source
 * tells which one is live.
 *
 * @returns the rules that were changed.
 */
export async function pointAtLiveGroups(
  { deliveries, region }: System,
  environment: string,
  rules: readonly ListenerRule[],
): Promise<ListenerRule[]> {
  const changed = deliveries
    .filter((one) => one.environment.name === environment)
    .map(async (delivery) => {
      const own = rules.filter(({ service }) => service === delivery.service.name);
      const live = own.length === 0 ? undefined : await liveGroupOf(delivery, region);
      const stale = live === undefined ? [] : own.filter((one) => one.targetGroupArn !== live);
      const balancer = new ElasticLoadBalancingV2Client(clientSettings(delivery.environment.account, region));
      for (const { arn } of stale)
        await balancer.send(
          new ModifyRuleCommand({ RuleArn: arn, Actions: [{ Type: "forward", TargetGroupArn: live }] }),
        );
      return stale;
    });
  return (await Promise.all(changed)).flat();
}

/** The target group of the task set that has the traffic; undefined for a service that runs nothing. */
async function liveGroupOf({ environment, names }: Delivery, region: string): Promise<string | undefined> {
  const ecs = new ECSClient(clientSettings(environment.account, region));
  const query = { cluster: names.cluster, services: [names.service] };
  const { services = [] } = await ecs.send(new DescribeServicesCommand(query));
  const primary = services[0]?.taskSets?.find(({ status }) => status === "PRIMARY");
  return primary?.loadBalancers?.[0]?.targetGroupArn;
}
