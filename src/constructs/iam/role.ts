import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./policy-document";

export interface RoleProps {
  readonly name: string;
  readonly description: string;
  readonly trust: Statement;
  /** Statements of the inline policy. A role without permissions has none. */
  readonly permissions: readonly Statement[];
  /** @default "/" */
  readonly path?: string;
}

/** An IAM role with one inline policy. */
export class Role extends Construct {
  public readonly arn: string;
  /** Resources that must exist before the role is used. */
  public readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);

    const role = new IamRole(this, "role", {
      name: props.name,
      path: props.path,
      description: props.description,
      assumeRolePolicy: policyDocument([props.trust]),
    });
    this.arn = role.arn;
    this.ready = [role];

    if (props.permissions.length > 0) {
      const policy = new IamRolePolicy(this, "policy", {
        role: role.name,
        name: "permissions",
        policy: policyDocument(props.permissions),
      });
      this.ready = [policy];
    }
  }
}
