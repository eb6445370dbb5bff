import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { ifPresent, type PolicyClients } from "../../aws/policy-clients";
import type { Role } from "../read/policies";
import { parsePolicy, type PolicyJson } from "../read/policy-json";
import { UnreadableError } from "../../synthesis/unreadable";

/** A role by its name. Undefined if it does not exist. */
export async function readRole({ iam }: PolicyClients, account: string, name: string) {
  const role = (await ifPresent(iam.send(new GetRoleCommand({ RoleName: name }))))?.Role;
  if (!role) return undefined;
  if (role.PermissionsBoundary)
    throw new UnreadableError(
      `account ${account}: the proof does not read the permissions boundary of ${name}`,
    );
  const pages = [{ client: iam }, { RoleName: name }] as const;
  const identity: Role["identity"][number][] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies(...pages))
    for (const PolicyName of PolicyNames) {
      const inline = await iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName }));
      const document = fromIam(inline.PolicyDocument, `policy ${PolicyName} of ${name}`);
      identity.push({ name: PolicyName, document });
    }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(...pages))
    for (const { PolicyArn: arn = "" } of AttachedPolicies)
      identity.push({ name: arn, document: await managedDocument(iam, arn) });
  const trust = fromIam(role.AssumeRolePolicyDocument, `trust policy of ${name}`);
  return { arn: role.Arn ?? "", account, trust, identity };
}

/** A managed policy by its ARN. Undefined if it does not exist. */
export async function readManagedPolicy({ iam }: PolicyClients, account: string, arn: string) {
  const document = await ifPresent(managedDocument(iam, arn));
  return document && { arn, account, document };
}

async function managedDocument(iam: IAMClient, PolicyArn: string): Promise<PolicyJson> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const version = { PolicyArn, VersionId: Policy?.DefaultVersionId };
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand(version));
  return fromIam(PolicyVersion?.Document, PolicyArn);
}

/** IAM returns its documents URL-encoded. */
const fromIam = (text: string | undefined, origin: string) =>
  parsePolicy(decodeURIComponent(text ?? ""), origin);
