import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { ifPresent, type PolicyClients } from "../../../aws/policy-clients";
import type { Role } from "../policies";
import { parsePolicy } from "../policy-json";

export async function readRole(clients: PolicyClients, RoleName: string) {
  const { iam } = clients;
  const role = (await ifPresent(iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  if (!role) return undefined;
  const { Arn: arn = "" } = role;
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  const pages = [{ client: iam }, { RoleName }] as const;
  const identity: Role["identity"][number][] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies(...pages))
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      identity.push({ name: PolicyName, document: parsed(PolicyDocument, `${PolicyName} of ${arn}`) });
    }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(...pages))
    for (const { PolicyArn: name = "" } of AttachedPolicies)
      identity.push({ name, document: await managedPolicy(clients, name, `${name} of ${arn}`) });
  return { arn, boundary, trust: parsed(role.AssumeRolePolicyDocument, `trust policy of ${arn}`), identity };
}

export async function readManagedPolicy(clients: PolicyClients, arn: string) {
  const document = await ifPresent(managedPolicy(clients, arn, arn));
  return document && { arn, document };
}

async function managedPolicy({ iam }: PolicyClients, PolicyArn: string, origin: string) {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(version));
  return parsed(PolicyVersion?.Document, origin);
}

/** IAM returns its documents URL-encoded. */
const parsed = (document = "", origin: string) => parsePolicy(decodeURIComponent(document), origin);
