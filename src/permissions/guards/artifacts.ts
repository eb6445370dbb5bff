import { accountOf } from "../../system/arns";
import { deliveryFilesOf, encryptedWith, encryptionContext, ofKey, throughS3, via } from "../calls/call";
import { EXTERNAL_ACCOUNT_ID, administratorOf, type Other, type Parties } from "../parties";
import type { Context, ForbiddenCall } from "../request";
import { BY_IDENTITY, BY_RESOURCE, OTHER_REGION, forbid, forbidAll } from "./forbid";

/** Who must not read, change or decrypt a delivery's artifacts. */
export const artifactGuards = (own: Parties, others: readonly Other[]): ForbiddenCall[] => [
  ...outsiderGuards(own, others),
  ...(own.crossesAccounts ? decryptGuards(own) : []),
  ...otherBucketGuards(own),
  ...otherKeyGuards(own, others),
  ...writeGuards(own),
];

/** Everyone in another account except the deploy role, whatever that account allows. */
function outsiderGuards(own: Parties, others: readonly Other[]): ForbiddenCall[] {
  const { account, arns, examples, keyArn, shared } = own;
  const administrators = [account.id, EXTERNAL_ACCOUNT_ID].map(administratorOf);
  const forbidOutside = (deliveries: readonly Other[]) => {
    const principals = [...administrators, ...deliveries.map((other) => other.arns.roles.deploy)];
    const outside = principals.filter((principal) => accountOf(principal) !== shared.id);
    return forbidAll(outside, shared.id);
  };
  const outsiders = forbidOutside(others);
  // A service's environments have one key, which the deploy role of each may describe.
  const strangersToKey = forbidOutside(others.filter((other) => other.keyArn !== keyArn));
  return [
    ...outsiders("another role would read the artifacts", "s3:GetObject", examples.artifact),
    ...outsiders("another role would list the artifacts", "s3:ListBucket", arns.artifactBucket),
    ...outsiders("another role would decrypt the artifacts", "kms:Decrypt", keyArn, throughS3(own)),
    ...strangersToKey("another role would use the key", "kms:DescribeKey", keyArn, ofKey(own)),
  ];
}

/** The deploy role decrypts through S3, in this region and from this bucket. In one account its own policy decides. */
function decryptGuards(own: Parties): ForbiddenCall[] {
  const { arns, keyArn, region } = own;
  const ownBucket = encryptionContext(arns.artifactBucket);
  const deploy = forbid(arns.roles.deploy, BY_RESOURCE);
  const decrypt = (how: string, context: Context) =>
    deploy(`the deploy role would decrypt ${how}`, "kms:Decrypt", keyArn, { ...ofKey(own), ...context });
  return [
    decrypt("without S3", ownBucket),
    decrypt("through S3 in another region", { ...via("s3", OTHER_REGION), ...ownBucket }),
    decrypt("files of another bucket", throughS3(own, `${arns.artifactBucket}-other`)),
    decrypt("data without an encryption context", via("s3", region)),
  ];
}

/** Bucket names are global, so after a deletion another account can create a bucket with the same name. */
function otherBucketGuards({ arns, examples }: Parties): ForbiddenCall[] {
  const { build, deploy, pipeline } = arns.roles;
  const reason = "a bucket with the same name in another account would be used";
  const use = (role: string, actions: string, resource: string) =>
    forbid(role, { owner: EXTERNAL_ACCOUNT_ID, ...BY_IDENTITY })(reason, actions, resource);
  const readAndWrite = "s3:GetObject PutObject";
  return [
    ...[build, deploy, pipeline].map((role) => use(role, "s3:ListBucket", arns.artifactBucket)),
    use(pipeline, readAndWrite, examples.artifact),
    use(build, readAndWrite, examples.artifact),
    ...deliveryFilesOf(arns).map((file) => use(build, "s3:GetObject", file)),
    use(build, readAndWrite, examples.buildCache),
    use(build, "s3:PutObject", examples.buildLog),
    use(deploy, "s3:GetObject", examples.artifact),
  ];
}

/** The deploy role's policy names no key id, only the alias. */
function otherKeyGuards({ arns, keyArn }: Parties, others: readonly Other[]): ForbiddenCall[] {
  const deploy = forbid(arns.roles.deploy, BY_IDENTITY);
  const reason = "one service would decrypt another's artifacts";
  return others
    .filter((other) => other.keyArn !== keyArn)
    .map((other) => deploy(reason, "kms:Decrypt", other.keyArn, throughS3(other)));
}

/** The deploy role reads. Neither side lets it write, so that an environment cannot change what it gets. */
function writeGuards(own: Parties): ForbiddenCall[] {
  const { arns, crossesAccounts, examples, keyArn, shared } = own;
  const deploy = forbid(arns.roles.deploy, { owner: shared.id });
  const sides = crossesAccounts ? [BY_IDENTITY, BY_RESOURCE] : [{}];
  return [
    deploy(
      "an environment would change the artifacts",
      "s3:PutObject",
      examples.artifact,
      encryptedWith(keyArn),
    ),
    deploy("an environment would encrypt artifacts", "kms:GenerateDataKey", keyArn, throughS3(own)),
  ].flatMap((call) => sides.map((side) => ({ ...call, ...side })));
}

/**
 * Who must not use a delivery's task definition and AppSpec file. They decide what a release runs and with which
 * secrets, so only Terraform writes them.
 *
 * @param others Other deliveries, whose roles must not even read them.
 */
export function deliveryFileGuards(own: Parties, others: readonly Other[]): ForbiddenCall[] {
  const encrypted = encryptedWith(own.keyArn);
  const by = (role: string) => forbid(role, { owner: own.shared.id });
  return deliveryFilesOf(own.arns).flatMap((file) => [
    ...usersOf(own).flatMap((role) => [
      by(role)("a release would change the delivery files", "s3:PutObject", file, encrypted),
      by(role)("a release would delete the delivery files", "s3:DeleteObject", file),
    ]),
    ...others
      .flatMap(usersOf)
      .flatMap((role) => [
        by(role)("another delivery would read the delivery files", "s3:GetObject", file),
        by(role)("another delivery would change the delivery files", "s3:PutObject DeleteObject", file),
      ]),
  ]);
}

/** The roles that use artifacts. */
const usersOf = ({ arns: { roles } }: Other) => [roles.build, roles.deploy, roles.pipeline];
