import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { ManagedPolicy, Role } from "../read/policies";
import { parsePolicy, type PolicyJson } from "../read/policy-json";
import { UnreadableError } from "../read/unreadable";
import { ifPresent, type Clients } from "./clients";

export async function readRole({ iam }: Clients, account: string, name: string): Promise<Role | undefined> {
  const role = (await ifPresent(iam.send(new GetRoleCommand({ RoleName: name }))))?.Role;
  if (!role) return undefined;
  if (role.PermissionsBoundary)
    throw new UnreadableError(`account ${account}: cannot read the permissions boundary of ${name}`);
  const identity: Role["identity"][number][] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName: name }))
    for (const policy of PolicyNames) {
      const inline = await iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }));
      identity.push({
        name: policy,
        document: fromIam(inline.PolicyDocument, `policy ${policy} of ${name}`),
      });
    }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(
    { client: iam },
    { RoleName: name },
  ))
    for (const { PolicyArn: arn = "" } of AttachedPolicies)
      identity.push({ name: arn, document: await managedDocument(iam, arn) });
  return {
    arn: role.Arn ?? "",
    account,
    trust: fromIam(role.AssumeRolePolicyDocument, `trust policy of ${name}`),
    identity,
  };
}

export async function readManagedPolicy(
  { iam }: Clients,
  account: string,
  arn: string,
): Promise<ManagedPolicy | undefined> {
  const document = await ifPresent(managedDocument(iam, arn));
  return document && { arn, account, document };
}

async function managedDocument(iam: IAMClient, arn: string): Promise<PolicyJson> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
  );
  return fromIam(PolicyVersion?.Document, arn);
}

/** IAM gives its documents as a part of a URL. */
const fromIam = (text: string | undefined, origin: string) =>
  parsePolicy(decodeURIComponent(text ?? ""), origin);
