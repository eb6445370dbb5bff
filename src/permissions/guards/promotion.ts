import type { Promotion } from "../../system/promotions";
import { EXTERNAL_ACCOUNT_ID, administratorOf } from "../parties";
import type { ForbiddenCall } from "../request";
import { forbid, forbidAll } from "./forbid";

/** Other accounts promote nothing, and a promotion removes nothing. */
export function promotionGuards({ deliveries, environment }: Promotion): ForbiddenCall[] {
  const { account, arns } = environment;
  const role = forbid(arns.promotionRole);
  const others = [EXTERNAL_ACCOUNT_ID, ...deliveries.map(({ shared }) => shared.id)];
  const outsiders = [...new Set(others)].filter((id) => id !== account.id).map(administratorOf);
  return [
    ...forbidAll(outsiders)("another account would promote an image", "sts:AssumeRole", arns.promotionRole),
    role("a role would change its own permissions", "iam:PutRolePolicy", arns.promotionRole),
    ...deliveries.flatMap((delivery) => [
      role(
        "a promotion would delete images or open the repository",
        "ecr:BatchDeleteImage SetRepositoryPolicy",
        delivery.arns.containerRepository,
      ),
      role("a promotion would release", "codedeploy:CreateDeployment", delivery.arns.deploymentGroup),
    ]),
  ];
}
