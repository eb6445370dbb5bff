import type { Construct } from "constructs";
import { PromotionRole } from "../../constructs/deployment/promotion-role";
import type { Environment, System } from "../../system/system";
import { Operators } from "../operators";

/**
 * The policies for people in an environment's account, and the role with which they copy images to it.
 *
 * @param stack The environment's.
 */
export function environmentOperators(stack: Construct, system: System, environment: Environment): Operators {
  const { account, names } = environment;
  const promotion = system.promotions.find((one) => one.environment === environment);
  if (promotion)
    new PromotionRole(stack, "promotion-role", {
      name: names.promotionRole,
      accountId: account.id,
      containerRepositoryArns: promotion.deliveries.map(({ arns }) => arns.containerRepository),
    });
  const policies = system.operatorPolicies.filter(
    (one) => one.environment === environment && one.on === "deployments",
  );
  return new Operators(stack, "operators", policies, system.region);
}
