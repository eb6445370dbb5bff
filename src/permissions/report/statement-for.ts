import { accountOf, isRole } from "../arn";
import { resourcePatterns, sourcePatterns } from "../check/patterns";
import type { PolicyKind } from "../read/policies";
import type { PolicyStatement } from "../read/policy-json";
import type { Request } from "../request";

type Condition = NonNullable<PolicyStatement["Condition"]>;

/** The narrowest statement that allows a request, for a policy of that kind. */
export function statementFor(request: Request, kind: PolicyKind, purpose: string): PolicyStatement {
  const { action, owner, principal, resource } = request;
  const ofRole = isRole(principal);
  const Principal: PolicyStatement["Principal"] = ofRole
    ? { AWS: `arn:aws:iam::${accountOf(principal)}:root` }
    : { Service: principal };
  const onlyRole: Condition = ofRole ? { ArnEquals: { "aws:PrincipalArn": principal } } : {};
  // What AWS or a person chooses at run time has the narrowest pattern.
  const Resource = resourcePatterns(resource)[0]?.pattern ?? resource;
  const withConditions = (statement: Omit<PolicyStatement, "Effect">, Condition: Condition) => ({
    Sid: sidFor(purpose),
    Effect: "Allow",
    Action: action,
    ...statement,
    ...(Object.keys(Condition).length > 0 && { Condition }),
  });
  switch (kind) {
    case "identity": {
      // A bucket's ARN has no account, so a bucket of another account could have it.
      const owned: Condition = action.startsWith("s3:")
        ? { StringEquals: { "aws:ResourceAccount": owner } }
        : {};
      const passed = keysOf(request, ["iam:PassedToService", "ecs:CreateAction"]);
      return withConditions({ Resource }, { ...passed, ...owned });
    }
    case "trust":
      return withConditions({ Principal }, { ...onlyRole, ...sourceOf(request) });
    case "key": {
      const through = keysOf(request, ["kms:ViaService", "kms:EncryptionContext:aws:s3:arn"]);
      return withConditions({ Principal, Resource: "*" }, { ...onlyRole, ...through });
    }
    default:
      return withConditions({ Principal, Resource }, { ...onlyRole, ...sourceOf(request) });
  }
}

function keysOf({ context = {} }: Request, keys: readonly string[]): Condition {
  const sent = Object.entries(context).filter(([key]) => keys.includes(key));
  return sent.length > 0 ? { StringEquals: Object.fromEntries(sent) } : {};
}

function sourceOf({ context = {} }: Request): Condition {
  const { "aws:SourceAccount": account, "aws:SourceArn": arn } = context;
  const pattern = sourcePatterns(String(arn))[0]?.pattern;
  return {
    ...(account !== undefined && { StringEquals: { "aws:SourceAccount": account } }),
    ...(arn !== undefined &&
      (pattern === undefined
        ? { ArnEquals: { "aws:SourceArn": arn } }
        : { ArnLike: { "aws:SourceArn": pattern } })),
  };
}

/** A Sid has only letters and digits: `push the image` becomes `PushTheImage`. */
const sidFor = (purpose: string) =>
  purpose
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
