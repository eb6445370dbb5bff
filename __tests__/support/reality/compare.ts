import type { Call } from "../../../src/aws/recorded-calls";
import { requestsOf, type Request, type RequiredCall } from "../../../src/permissions/request";

/** Why calls that the proof requires do not happen in a release on the embedded AWS. */
export interface Reason {
  /** The ARN of the role. @default - every principal */
  readonly principal?: string;
  /** Actions of one service, `*` for all: `s3:GetBucketAcl ListBucket`. */
  readonly actions: string;
  /** A part of the resource's ARN. @default - every resource */
  readonly resource?: string;
  readonly why: string;
}

/** What the proof and a record of calls do not have in common. Each is a line; all three are empty if they agree. */
export interface Differences {
  /** A call that a role made and that the proof does not require: in AWS it may be denied. */
  readonly unproven: readonly string[];
  /** A required call that never happened and has no reason: perhaps no role needs the permission. */
  readonly untaken: readonly string[];
  /** A reason that explains nothing. */
  readonly unused: readonly string[];
}

/** Bucket and folder of an object of S3; CodePipeline names the folder of an artifact after the artifact. */
const folderOf = (bucketAndKey: string) =>
  bucketAndKey.replace(/\/[^/]*$/, "").replace(/\/(Source|Build)Arti[^/]*$/, "/<artifact>");

type Line = Pick<Call, "roleArn" | "action" | "resource">;

/** A call as a difference names it: the role, the action, and the folder of an object of S3. */
export const lineOf = ({ action, resource, roleArn }: Line) =>
  [
    roleArn.split("/").at(-1),
    action,
    ...(action.startsWith("s3:") && resource?.includes("/") ? [folderOf(resource)] : []),
  ].join(" ");

const lineOfRequest = ({ action, principal, resource }: Request) =>
  lineOf({ action, roleArn: principal, resource: resource.replace("arn:aws:s3:::", "") });

function isExplained({ action, principal, resource }: Request, reason: Reason): boolean {
  const [service = "", names = ""] = reason.actions.split(":");
  const [of = "", name = ""] = action.split(":");
  return (
    of === service &&
    (names === "*" || names.split(" ").includes(name)) &&
    (reason.principal ?? principal) === principal &&
    resource.includes(reason.resource ?? "")
  );
}

const unique = (lines: readonly string[]) => [...new Set(lines)].sort();

/**
 * Compares what roles did with what the proof requires, by role and action, for objects of S3 by folder too. The
 * record has no AssumeRole: a call of a role shows that it was assumed.
 */
export function compare(
  calls: readonly Call[],
  required: readonly RequiredCall[],
  reasons: readonly Reason[],
): Differences {
  const requests = required.flatMap(requestsOf);
  const proven = new Set(requests.map(lineOfRequest));
  const taken = new Set(calls.map(lineOf));
  const assumed = new Set(calls.map(({ roleArn }) => roleArn));
  const missing = requests.filter((request) =>
    request.action === "sts:AssumeRole" ? !assumed.has(request.resource) : !taken.has(lineOfRequest(request)),
  );
  return {
    unproven: unique(calls.map(lineOf).filter((line) => !proven.has(line))),
    untaken: unique(
      missing.filter((one) => !reasons.some((reason) => isExplained(one, reason))).map(lineOfRequest),
    ),
    unused: reasons
      .filter((reason) => !missing.some((one) => isExplained(one, reason)))
      .map(({ actions, why }) => `${actions}: ${why}`),
  };
}
