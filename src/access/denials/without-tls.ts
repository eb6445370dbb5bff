import { artifactOf } from "../chain/context";
import type { PolicyStatement } from "../evidence/policy-json";
import { administratorOf } from "../parties";
import type { Denial } from "../request";
import { anyObjectOf, writersOf, type Scene } from "./rows";

/** Whoever it is, and whatever its own policies say: never in the clear. */
export function withoutTlsDenials(scene: Scene): Denial[] {
  const { bucket, roles, shared } = scene.own;
  const reason = "artifacts would travel in the clear";
  const calls = [
    { actions: ["s3:GetObject", "s3:PutObject"], resource: artifactOf(scene.own) },
    { actions: ["s3:ListBucket", "s3:GetBucketLocation"], resource: bucket },
  ];
  return [
    ...[...writersOf(scene.own), roles.deploy].flatMap((principal) =>
      calls.map((call) => ({ ...inTheClear(bucket, shared, reason), ...call, principal })),
    ),
    ...bucketInTheClear(bucket, shared, reason),
  ];
}

/** Calls without TLS on whatever is in a bucket, by somebody whom its account lets do everything. */
export function bucketInTheClear(bucket: string, owner: string, reason: string): Denial[] {
  const row = { ...inTheClear(bucket, owner, reason), principal: administratorOf(owner) };
  return [
    {
      ...row,
      actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:RestoreObject"],
      resource: anyObjectOf(bucket),
    },
    { ...row, actions: ["s3:ListBucket", "s3:PutBucketPolicy"], resource: bucket },
  ];
}

const inTheClear = (bucket: string, owner: string, reason: string) => ({
  reason,
  owner,
  context: { "aws:SecureTransport": "false" },
  granted: "identity" as const,
  refusedBy: denyInsecureConnections(bucket),
});

const denyInsecureConnections = (bucket: string): PolicyStatement => ({
  Sid: "DenyInsecureConnections",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucket, `${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
