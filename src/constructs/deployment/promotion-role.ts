import { Construct } from "constructs";
import { accountPrincipal } from "../iam/policy-document";
import { Role } from "../iam/role";
import { WRITE_IMAGE } from "../iam/write-images";

export interface PromotionRoleProps {
  readonly name: string;
  /** The account of the role and of the repositories. */
  readonly accountId: string;
  readonly containerRepositoryArns: readonly string[];
}

/**
 * Copies images to the repositories of an environment, by digest. It does not read another account: who promotes an
 * image reads it with rights of their own. The account decides by its policies who may assume the role.
 */
export class PromotionRole extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: PromotionRoleProps) {
    super(scope, id);

    this.arn = new Role(this, "role", {
      name: props.name,
      description: "Copies images from another environment",
      trust: {
        sid: "AssumeForPromotion",
        principals: [accountPrincipal(props.accountId)],
        actions: ["sts:AssumeRole"],
      },
      permissions: [
        {
          sid: "CopyImage",
          actions: WRITE_IMAGE,
          resources: props.containerRepositoryArns,
        },
      ],
    }).arn;
  }
}
