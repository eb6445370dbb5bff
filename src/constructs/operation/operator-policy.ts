import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface OperatorPolicyProps {
  readonly policyName: string;
  readonly description: string;
  readonly permissions: readonly Statement[];
}

/** What people may do: see releases, or also decide about them and start them. */
export type Rights = "read" | "operate";

/** A managed policy for the people who operate deliveries. Attach it to a permission set or a group. */
export class OperatorPolicy extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, { description, permissions, policyName }: OperatorPolicyProps) {
    super(scope, id);
    const policy = new IamPolicy(this, "policy", {
      name: policyName,
      description,
      policy: policyDocument(permissions),
      // IAM cannot change a description: Terraform would replace the policy, which IAM refuses while people have it.
      lifecycle: { ignoreChanges: ["description"] },
    });
    this.arn = policy.arn;
  }
}

/** The statements of a policy, without those that name no resource or no action. */
export const statements = (all: readonly Statement[]): Statement[] =>
  all.filter(({ actions, resources = [] }) => actions.length > 0 && resources.length > 0);

export const readLogs = (groupArns: readonly string[]): Statement => ({
  sid: "ReadLogs",
  actions: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
  resources: groupArns.map((arn) => `${arn}:*`),
});
