import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { EmbeddedClients, type Place } from "../../../src/aws/embedded-clients";
import { EMBEDDED_ROLE } from "../../../src/local/emulator/emulator";
import { evaluate } from "../../../src/permissions/check/evaluate";
import type { Policy } from "../../../src/permissions/read/policies";
import { parsePolicy } from "../../../src/permissions/read/policy-json";
import { roleArn } from "../../../src/system/arns";
import { simulate } from "../proof";
import type { Judge } from "./proxy";
import type { AwsRequest } from "./request";
import { decidedFor, type Decided } from "./resources";

interface Session extends Place {
  readonly arn: string;
  readonly role: string;
}

/** Keeps what was worked out for a key. */
function known<Made>(make: (key: string) => Promise<Made>) {
  const made = new Map<string, Promise<Made>>();
  return (key: string) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}

/** The trust of a role that they assume is assumed to admit them: it is not read. */
const ASSUME_ROLE = "sts:AssumeRole";

/**
 * Refuses what the policies of some roles do not allow, as IAM does. Requests of others pass, and so do questions to
 * STS. Each request is decided on by the resources that it names; the policies are read from the embedded AWS once.
 */
export function enforcing(endpoint: string, roles: readonly string[]): Judge {
  const clients = new EmbeddedClients(endpoint, EMBEDDED_ROLE, () => undefined);
  const session = known(async (key: string): Promise<Session> => {
    const [accessKeyId = "", region = ""] = key.split(" ");
    const sts = new STSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey: "any" } });
    const { Account = "", Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    return { arn: Arn, accountId: Account, region, role: /:assumed-role\/([^/]+)\//.exec(Arn)?.[1] ?? "" };
  });
  const policies = known((key: string) => {
    const [accountId = "", region = "", role = ""] = key.split(" ");
    return readPolicies(clients, { accountId, region }, role);
  });
  const allowed = known(async (key: string) => {
    const { decided, of } = JSON.parse(key) as { decided: Decided; of: Session };
    const { accountId, region, role } = of;
    const principal = roleArn(accountId, role);
    const identity = await policies([accountId, region, role].join(" "));
    const assumeAllowed = decided.action === ASSUME_ROLE ? ("resource" as const) : undefined;
    const asked = { ...decided, principal, owner: accountId, assumeAllowed };
    const { result } = await evaluate(asked, { identity }, simulate);
    return result === "Allowed";
  });
  return async (request: AwsRequest) => {
    if (request.action.startsWith("sts:") && request.action !== ASSUME_ROLE) return undefined;
    const of = await session([request.accessKey, request.region].join(" "));
    if (!roles.includes(of.role)) return undefined;
    for (const decided of await decidedFor(request, of, clients))
      if (!(await allowed(JSON.stringify({ decided, of }))))
        return {
          code: request.action.startsWith("elasticloadbalancing:") ? "AccessDenied" : "AccessDeniedException",
          message: `User: ${of.arn} is not authorized to perform: ${decided.action} on resource: ${decided.resource} because no identity-based policy allows the ${decided.action} action`,
        };
    return undefined;
  };
}

async function readPolicies(clients: EmbeddedClients, place: Place, role: string): Promise<Policy[]> {
  const iam = clients.asService(IAMClient, place);
  const policy = (name: string, document = ""): Policy => ({
    kind: "identity",
    holder: role,
    account: place.accountId,
    name,
    document: parsePolicy(decodeURIComponent(document), name),
  });
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role }));
  const attached = AttachedPolicies.map(async ({ PolicyArn, PolicyName: name = "" }) => {
    const { Policy: found } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = found?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return policy(name, PolicyVersion?.Document);
  });
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: role }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const found = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }));
    return policy(PolicyName, found.PolicyDocument);
  });
  return Promise.all([...attached, ...inline]);
}
