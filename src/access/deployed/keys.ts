import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  paginateListAliases,
  paginateListGrants,
  type GrantListEntry,
} from "@aws-sdk/client-kms";
import { isRole } from "../arn";
import type { Key } from "../evidence/documents";
import { parsePolicy, type PolicyStatement } from "../evidence/policy-json";
import { ifPresent, type Clients } from "./clients";

export async function readKey({ kms }: Clients, account: string, alias: string): Promise<Key | undefined> {
  const key = (await ifPresent(kms.send(new DescribeKeyCommand({ KeyId: alias }))))?.KeyMetadata;
  if (!key?.KeyId) return undefined;
  const arn = key.Arn ?? "";
  const aliases: string[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client: kms }, { KeyId: key.KeyId }))
    aliases.push(...Aliases.flatMap(({ AliasName }) => AliasName ?? []));
  const { Policy: text } = await kms.send(
    new GetKeyPolicyCommand({ KeyId: key.KeyId, PolicyName: "default" }),
  );
  return {
    arn,
    account,
    aliases,
    policy: text === undefined ? null : parsePolicy(text, `policy of ${arn}`),
    grants: await readGrants(kms, key.KeyId),
  };
}

/**
 * A key's grants, each as the statement of a key policy that lets the same through.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
async function readGrants(kms: Clients["kms"], KeyId: string): Promise<PolicyStatement[]> {
  const statements: PolicyStatement[] = [];
  for await (const { Grants = [] } of paginateListGrants({ client: kms }, { KeyId }))
    statements.push(...Grants.map(statementOf));
  return statements;
}

function statementOf(grant: GrantListEntry): PolicyStatement {
  const { Constraints, GrantId = "", GranteePrincipal = "", Operations = [] } = grant;
  const context = { ...Constraints?.EncryptionContextSubset, ...Constraints?.EncryptionContextEquals };
  const keys = Object.entries(context).map(([key, value]): [string, string] => [
    `kms:EncryptionContext:${key}`,
    value,
  ]);
  return {
    Sid: `Grant${GrantId}`,
    Effect: "Allow",
    Principal: { [isRole(GranteePrincipal) ? "AWS" : "Service"]: GranteePrincipal },
    Action: Operations.map((operation) => `kms:${operation}`),
    Resource: "*",
    ...(keys.length > 0 && { Condition: { StringEquals: Object.fromEntries(keys) } }),
  };
}
