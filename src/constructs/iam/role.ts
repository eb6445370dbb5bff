import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "./policy-document";

export interface RoleProps {
  readonly name: string;
  readonly description: string;
  readonly trust: Statement;
  /** Statements of the inline policy. A role without permissions has none. */
  readonly permissions: readonly Statement[];
  /** What users of the construct let the role do in addition. @default - nothing */
  readonly configured?: ConfiguredPolicies;
  /** @default "/" */
  readonly path?: string;
}

/** Permissions that are not the construct's own. */
export interface ConfiguredPolicies {
  readonly managedPolicyArns: readonly string[];
  readonly statements: readonly Statement[];
}

/** The name of the inline policy with the statements of `configured`. */
export const CONFIGURED_POLICY = "configured";

/** An IAM role with one inline policy, and with another one for what its users add. */
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
    const { managedPolicyArns = [], statements = [] } = props.configured ?? {};
    const inline = (constructId: string, name: string, permissions: readonly Statement[]) =>
      permissions.length > 0
        ? [
            new IamRolePolicy(this, constructId, {
              role: role.name,
              name,
              policy: policyDocument(permissions),
            }),
          ]
        : [];
    const policies = [
      ...inline("policy", "permissions", props.permissions),
      ...inline("configured-policy", CONFIGURED_POLICY, statements),
      // Named after the policy: adding one does not replace the others.
      ...managedPolicyArns.map(
        (policyArn) =>
          new IamRolePolicyAttachment(this, policyArn.replaceAll("/", "-"), { role: role.name, policyArn }),
      ),
    ];
    this.ready = policies.length > 0 ? policies : [role];
  }
}
