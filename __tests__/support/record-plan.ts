import { writeFileSync } from "node:fs";
import { planFile, reviewOf, type PlanJson } from "./plans";

/** Whether the plans of a test become fixtures. */
export const RECORDS = process.env.CODESERIES_RECORD_PLANS === "1";

/** Types of resources that rules ask about although they do not change. */
const NEIGHBOURS =
  /^aws_(lb_listener_rule|lb_listener|lb_target_group|ecs_service|codedeploy_deployment_group|iam_role_policy|vpc_security_group_\w+_rule)$/;

interface Configured {
  readonly address: string;
  readonly expressions: Readonly<Record<string, { readonly constant_value?: unknown }>>;
}

/**
 * Writes a plan of the real provider to the fixtures, with what a review reads of it, if
 * `CODESERIES_RECORD_PLANS=1`; `review/plans.test.ts` has the verdicts.
 *
 * @throws Error if the review of what is written is not that of the plan.
 */
export function recordPlan(name: string, plan: PlanJson): void {
  if (!RECORDS) return;
  const acts = (actions: readonly string[]) => actions.join() !== "no-op";
  const resource_changes = plan.resource_changes.filter(
    ({ change, mode, type }) => mode === "managed" && (acts(change.actions) || NEIGHBOURS.test(type)),
  );
  const outputs = Object.entries(plan.output_changes ?? {});
  const output_changes = Object.fromEntries(
    outputs.filter(([, { actions }]) => acts(actions as readonly string[])),
  );
  const changed = new Set(
    resource_changes.filter(({ change }) => acts(change.actions)).map((one) => one.address),
  );
  const { root_module: root } = plan.configuration as { root_module: { resources: readonly Configured[] } };
  const resources = root.resources
    .filter(({ address }) => changed.has(address))
    .map(({ address, expressions }) => ({ address, expressions }));
  const { format_version, resource_drift, terraform_version } = plan;
  const configuration = { root_module: { resources } };
  const read = {
    ...{ format_version, terraform_version, resource_changes, resource_drift, output_changes },
    configuration,
  };
  const [whole, kept] = [plan, read].map((json) => JSON.stringify(reviewOf(json)));
  if (whole !== kept) throw new Error(`${name}: a review of what is kept differs:\n${kept}\n${whole}`);
  writeFileSync(planFile(name), `${JSON.stringify(read)}\n`);
}
