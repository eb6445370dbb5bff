import { accountOf, roleArn } from "../../system/arns";
import { APP_SPEC_FILE, TASK_DEFINITION_FILE } from "../../delivery/files";
import type { Other, Parties } from "../parties";
import type { Context, RequiredCall } from "../request";

/**
 * Writes the calls of one principal, each of actions of one service: `kms:Decrypt Encrypt`.
 *
 * @param common What every call has. `owner` is the account of a resource whose ARN has none: a bucket, or `*`.
 */
export const callsBy =
  (principal: string, common: Partial<RequiredCall> = {}) =>
  (purpose: string, actions: string, resource: string, context?: Context): RequiredCall => ({
    purpose,
    ...common,
    ...callOf(principal, actions, resource, common.owner),
    ...(context && { context }),
  });

export type Caller = ReturnType<typeof callsBy>;

/** What required and forbidden calls have in common. */
export const callOf = (
  principal: string,
  actions: string,
  resource: string,
  owner = accountOf(principal),
) => ({ principal, actions: actionsOf(actions), resource, owner: accountOf(resource) || owner });

/** A person's role, which a managed policy of the system is attached to. The role is not part of the system. */
export const personWith = (attachedPolicyArn: string, name: "developer" | "operator" | "reader") =>
  [roleArn(accountOf(attachedPolicyArn), name), { attachedPolicyArn }] as const;

/** The single actions of such a text. */
export function actionsOf(actions: string): string[] {
  const [service = "", names = ""] = actions.split(":");
  return names.split(/\s+/).map((name) => `${service}:${name}`);
}

/** A principal assumes a role. */
export const assume = (purpose: string, principal: string, role: string, context?: Context) =>
  callsBy(principal)(purpose, "sts:AssumeRole", role, context);

/** A service assumes a role to act for a resource of the same account. */
export const assumeFor = (purpose: string, service: string, role: string, arn: string) =>
  assume(purpose, `${service}.amazonaws.com`, role, onBehalfOf(accountOf(role), arn));

/** What a service sends when it acts for a resource. */
export const onBehalfOf = (accountId: string, arn: string): Context => ({
  "aws:SourceAccount": accountId,
  "aws:SourceArn": arn,
});

/** @param service @default - AWS tasks, the only service that gets the task roles */
export const passedTo = (service = "ecs-tasks"): Context => ({
  "iam:PassedToService": `${service}.amazonaws.com`,
});

/** The creation that a tag is part of. */
export const WITH_REGISTRATION: Context = { "ecs:CreateAction": "RegisterTaskDefinition" };

/** Headers of an upload. */
export const ALGORITHM = "s3:x-amz-server-side-encryption";
export const KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";

/** An upload that names its key. */
export const encryptedWith = (keyArn: string): Context => ({ [ALGORITHM]: "aws:kms", [KEY_ID]: keyArn });

export const ofKey = ({ names }: Other): Context => ({ "kms:ResourceAliases": [names.artifactKeyAlias] });

/** What KMS gets when a service decrypts for its caller. */
export const via = (service: string, region: string): Context => ({
  "kms:ViaService": `${service}.${region}.amazonaws.com`,
});

/** S3's encryption context: the bucket's ARN with a bucket key, otherwise the object's. */
export const encryptionContext = (arn: string): Context => ({ "kms:EncryptionContext:aws:s3:arn": arn });

/**
 * What KMS gets when S3 uses a delivery's key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const throughS3 = (parties: Other, arn: string = parties.arns.artifactBucket): Context => ({
  ...ofKey(parties),
  ...via("s3", parties.region),
  ...encryptionContext(arn),
});

/** ARNs of the objects that Terraform writes and the build reads. */
export const deliveryFilesOf = ({ deliveryFiles }: Parties["arns"]) =>
  [TASK_DEFINITION_FILE, APP_SPEC_FILE].map((name) => `${deliveryFiles}/${name}`);

/** The action for which AWS uses the name that the connection's ARN has. */
export const useOf = (connectionArn: string) => `${connectionArn.split(":")[2] ?? ""}:UseConnection`;

export const WRITE_IMAGE =
  "ecr:BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage";
export const READ_SECRET = "secretsmanager:GetSecretValue";

/** A call on a resource that the configuration names by its ARN. In another account, its owner must allow it too. */
export const named = ({ context, ...call }: RequiredCall): RequiredCall => ({
  ...call,
  assumeAllowed: accountOf(call.principal) === call.owner ? undefined : "resource",
  context,
});
