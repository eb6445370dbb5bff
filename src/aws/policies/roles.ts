import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { ifPresent, type PolicyClients } from "./clients";

/** A role with the texts of its policies, as AWS has them. */
export interface RoleInAws {
  readonly arn: string;
  readonly trust: string;
  readonly identity: readonly { readonly name: string; readonly text: string }[];
  readonly hasBoundary: boolean;
}

/** A role by its name. Undefined if it does not exist. */
export async function readRole(clients: PolicyClients, RoleName: string): Promise<RoleInAws | undefined> {
  const { iam } = clients;
  const role = (await ifPresent(iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  if (!role) return undefined;
  const pages = [{ client: iam }, { RoleName }] as const;
  const identity: RoleInAws["identity"][number][] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies(...pages))
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      identity.push({ name: PolicyName, text: decoded(PolicyDocument) });
    }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(...pages))
    for (const { PolicyArn: arn = "" } of AttachedPolicies)
      identity.push({ name: arn, text: await managedPolicy(clients, arn) });
  return {
    arn: role.Arn ?? "",
    trust: decoded(role.AssumeRolePolicyDocument),
    identity,
    hasBoundary: role.PermissionsBoundary !== undefined,
  };
}

/** The text of a managed policy, by its ARN. Undefined if it does not exist. */
export const readManagedPolicy = (clients: PolicyClients, arn: string) =>
  ifPresent(managedPolicy(clients, arn));

async function managedPolicy({ iam }: PolicyClients, PolicyArn: string): Promise<string> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(version));
  return decoded(PolicyVersion?.Document);
}

/** IAM returns its documents URL-encoded. */
const decoded = (document = "") => decodeURIComponent(document);
