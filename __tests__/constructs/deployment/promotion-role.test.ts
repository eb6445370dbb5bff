import { PromotionRole, type PromotionRoleProps } from "../../../src/constructs/deployment/promotion-role";
import { policies, statement, synth } from "../../support/synth";

const props: PromotionRoleProps = {
  name: "acme-prd-iam-promotion-role",
  accountId: "444444444444",
  containerRepositoryArns: ["web", "orders"].map(
    (name) => `arn:aws:ecr:eu-central-1:444444444444:repository/ecs/prd-${name}`,
  ),
};

const stack = synth((scope) => new PromotionRole(scope, "promotion-role", props));

describe("PromotionRole", () => {
  it("is assumed by those to whom the account's own policies allow it, and by no other account", () => {
    expect(statement(stack, "AssumeForPromotion")).toMatchObject({
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::444444444444:root"] }],
      actions: ["sts:AssumeRole"],
    });
  });

  it("writes images to the repositories of its environment, and does nothing else", () => {
    const own = Object.values(policies(stack))
      .flat()
      .filter(({ sid }) => sid !== "AssumeForPromotion");
    expect(own.map(({ resources, sid }) => [sid, resources])).toEqual([
      ["CopyImage", props.containerRepositoryArns],
    ]);
    expect(own.flatMap(({ actions }) => actions)).not.toContain("ecr:BatchGetImage");
  });
});
