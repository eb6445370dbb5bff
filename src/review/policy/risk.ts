import { isOptional, isPositive, type Condition } from "./condition";
import { isStricter, isWithin } from "./delta";
import type { Holder } from "./holders";
import { covers, hasWildcard } from "./pattern";
import type { Atom, Document } from "./statement";

/** How serious a right is that was gained, and why. */
export interface Risk {
  readonly verdict: "dangerous" | "look";
  readonly why: string;
}

/** A right to exactly what it names, by which nobody gets more rights. */
export const EXACT: Risk = { verdict: "look", why: "an exact right" };

/** Keys of conditions that limit a statement for everybody to an account, an organization or a network. */
const LIMITS =
  /^aws:(source(account|arn|vpc|vpce|orgid|owner)|principal(account|arn|orgid|orgpaths)|vpcsourceip)|^kms:calleraccount|^s3:dataaccesspointaccount/;

/** A limit holds only for requests that have the key, and only if it names something. */
const isLimit = ({ key, operator, values }: Condition) =>
  LIMITS.test(key) && isPositive(operator) && !values.some((value) => /^(arn)?[:*?]*$/.test(value));

/** Rights with which a role can give itself, or others, more rights. */
const ADMINISTRATION = [
  "iam:*",
  "sts:*",
  "organizations:*",
  "kms:putkeypolicy",
  "kms:creategrant",
  "kms:schedulekeydeletion",
  "kms:disablekey",
  "kms:replicatekey",
  "s3:putbucketpolicy",
  "s3:deletebucketpolicy",
  "s3:putbucketacl",
  "s3:putbucketpublicaccessblock",
  "ecr:setrepositorypolicy",
  "lambda:addpermission",
];

/** They only read, or say who is asking. */
const HARMLESS =
  /^(sts:(getcalleridentity|getsessiontoken|tagsession)|(iam|organizations):(get|list|describe)\w+)$/;

/** Exact actions for which AWS accepts no resource but `*`, and that only read, or log in. */
const WITHOUT_RESOURCE =
  /^(ecr:getauthorizationtoken|(elasticloadbalancing|ec2|ecs|cloudwatch|autoscaling|application-autoscaling|logs):(describe|list)\w*|s3:listallmybuckets|tag:get\w+|codedeploy:list\w+)$/;

/**
 * Resources that can be named only by a pattern: objects of a bucket, streams of a log group, a secret's suffix,
 * revisions of a task definition.
 */
const ONLY_AS_PATTERN = [
  /^arn:[\w-]+:s3:::[^*?/]+\/([^*?]+\/)?\*$/,
  /^arn:[\w-]+:logs:[^*?]+:log-group:[^*?]+:(\*|log-stream:\*)$/,
  /^arn:[\w-]+:secretsmanager:[^*?]+-\?{6}$/,
  /^arn:[\w-]+:ecs:[^*?]+:task-definition\/[^*?]+:\*$/,
];

const accountOf = (principal: string) => /^AWS:(?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})/.exec(principal)?.[1];

const administers = ({ action }: Atom) =>
  !HARMLESS.test(action) &&
  ADMINISTRATION.some((one) => covers(one, action) || covers(action, one.replace("*", "passrole")));

/**
 * The risk of an atom that was gained.
 *
 * @param accounts The accounts that are known: those of the document before, and of the plan's resources.
 */
export function riskOf(atom: Atom, holder: Holder, accounts: ReadonlySet<string>): Risk {
  const { before, created, kind } = holder;
  const everything = atom.action === "*" && atom.resource === "*" && kind === "identity";
  if (atom.principal === "*" && kind !== "endpoint" && !atom.conditions.some(isLimit))
    return { verdict: "dangerous", why: "for everybody" };
  if (everything) return { verdict: "dangerous", why: "every action on every resource" };
  const reason = seriousReason(atom, kind, before, accounts);
  if (reason === undefined) return EXACT;
  return { verdict: created ? "look" : "dangerous", why: reason };
}

function seriousReason(
  atom: Atom,
  kind: Holder["kind"],
  before: Document,
  accounts: ReadonlySet<string>,
): string | undefined {
  const account = accountOf(atom.principal);
  if (account !== undefined && !accounts.has(account)) return `for another account, ${account}`;
  if (
    /^Federated:/.test(atom.principal) &&
    !before.atoms.some(({ principal }) => principal === atom.principal)
  )
    return "for an identity provider that had none";
  if (losesCondition(atom, before)) return "a condition was dropped or opened by a wildcard";
  if (kind === "trust") return undefined;
  if (administers(atom)) return "a right to give rights";
  if (hasWildcard(atom.action)) return "a wildcard in the action";
  return kind === "identity" ? wideResource(atom, before) : undefined;
}

function wideResource(atom: Atom, { atoms }: Document): string | undefined {
  const { action, resource } = atom;
  if (!hasWildcard(resource)) return undefined;
  const narrower = atoms.some(
    (old) =>
      old.effect === "Allow" &&
      covers(action, old.action) &&
      old.resource !== resource &&
      covers(resource, old.resource),
  );
  if (narrower) return "a resource became a wildcard";
  if (ONLY_AS_PATTERN.some((pattern) => pattern.test(resource))) return undefined;
  return resource === "*" && WITHOUT_RESOURCE.test(action) ? undefined : "a wildcard in the resource";
}

/** Whether the same was allowed before, under a stricter condition. */
function losesCondition(atom: Atom, { atoms }: Document): boolean {
  const old = atoms.filter((one) => isWithin(atom, one) && one.conditions.length > 0);
  return old.some(({ conditions }) => {
    if (!isStricter(conditions, atom.conditions)) return false;
    // An exact value in place of another exact value is a change to look at.
    const opened = atom.conditions.some(
      (one) => one.values.some(hasWildcard) || (isOptional(one) && !conditions.some(isOptional)),
    );
    return conditions.length > atom.conditions.length || opened;
  });
}
