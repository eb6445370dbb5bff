import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/** Gives every role of a scope a permissions boundary. */
export class PermissionsBoundary implements IAspect {
  constructor(private readonly policyArn: string) {}

  visit(node: IConstruct) {
    if (node instanceof IamRole) node.permissionsBoundary = this.policyArn;
  }
}
