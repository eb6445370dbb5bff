import { accountOf, isRole } from "../arn";
import type { PolicyKind } from "../evidence/policy";
import type { PolicyStatement } from "../evidence/policy-json";
import type { Request } from "../request";
import { resourcePatterns, sourcePatterns } from "../wildcards/patterns";

/** Condition keys of a request that a statement which allows it should ask for. */
const NARROWING = ["iam:PassedToService", "ecs:CreateAction"];
const NARROWING_KEY = ["kms:ViaService", "kms:EncryptionContext:aws:s3:arn"];

/** The narrowest statement that lets a request through, for a policy of that kind. */
export function statementFor(request: Request, kind: PolicyKind, purpose: string): PolicyStatement {
  const { action, principal, resource } = request;
  const base = { Sid: sidFor(purpose), Effect: "Allow", Action: action };
  const ofRole = isRole(principal);
  const one: Pick<PolicyStatement, "Principal"> = ofRole
    ? { Principal: { AWS: `arn:aws:iam::${accountOf(principal)}:root` } }
    : { Principal: { Service: principal } };
  const onlyRole: Condition = ofRole ? { ArnEquals: { "aws:PrincipalArn": principal } } : {};
  switch (kind) {
    case "identity":
      return {
        ...base,
        Resource: patternOf(resource),
        ...conditionOf({ ...keysOf(request, NARROWING), ...ownerOf(request) }),
      };
    case "trust":
      return { ...base, ...one, ...conditionOf({ ...onlyRole, ...sourceOf(request) }) };
    case "key":
      return {
        ...base,
        ...one,
        Resource: "*",
        ...conditionOf({ ...onlyRole, ...keysOf(request, NARROWING_KEY) }),
      };
    case "bucket":
    case "repository":
      return {
        ...base,
        ...one,
        Resource: patternOf(resource),
        ...conditionOf({ ...onlyRole, ...sourceOf(request) }),
      };
  }
}

type Condition = NonNullable<PolicyStatement["Condition"]>;

const conditionOf = (Condition: Condition) => (Object.keys(Condition).length > 0 ? { Condition } : {});

function keysOf({ context = {} }: Request, keys: readonly string[]): Condition {
  const asked = Object.entries(context).filter(([key]) => keys.includes(key));
  return asked.length > 0 ? { StringEquals: Object.fromEntries(asked) } : {};
}

function sourceOf({ context = {} }: Request): Condition {
  const { "aws:SourceAccount": account, "aws:SourceArn": arn } = context;
  return {
    ...(account === undefined ? {} : { StringEquals: { "aws:SourceAccount": account } }),
    ...(arn === undefined ? {} : sourceArnIs(String(arn))),
  };
}

function sourceArnIs(arn: string): Condition {
  const pattern = sourcePatterns(arn)[0]?.pattern;
  return pattern === undefined
    ? { ArnEquals: { "aws:SourceArn": arn } }
    : { ArnLike: { "aws:SourceArn": pattern } };
}

/** A bucket's ARN holds no account, so a stranger's bucket could have it. */
const ownerOf = ({ action, owner }: Request): Condition =>
  action.startsWith("s3:") ? { StringEquals: { "aws:ResourceAccount": owner } } : {};

/** What a run, or AWS, chooses is named by the narrowest pattern. */
const patternOf = (resource: string) => resourcePatterns(resource)[0]?.pattern ?? resource;

/** A statement's id, of letters and digits: `push the image` is `PushTheImage`. */
const sidFor = (purpose: string) =>
  purpose
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
