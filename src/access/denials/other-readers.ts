import { artifactOf, encryptedWith, ofKey, throughS3 } from "../chain/context";
import { administratorOf, STRANGE_ACCOUNT } from "../parties";
import type { Denial } from "../request";
import { type Scene } from "./rows";

/** Every other role of the environment's account, and of a stranger's, whatever its own policies say. */
export function otherReaderDenials({ own, others }: Scene): Denial[] {
  const { account, bucket, key, roles, shared } = own;
  const strangers = others.filter((other) => other.roles.deploy !== roles.deploy);
  const inEnvironment = [roles.push, roles.codeDeploy, roles.execution, roles.task, administratorOf(account)];
  const readers = strangers.map((other) => other.roles.deploy);
  const outside = (principal: string) => !principal.includes(`::${shared}:`);
  // A service's key is one for all its environments, and each may describe it.
  const describing = strangers.filter((other) => other.key === key).map((other) => other.roles.deploy);
  const principals = [...new Set([...inEnvironment, ...readers, administratorOf(STRANGE_ACCOUNT)])].filter(
    outside,
  );
  const rowsOf = (principal: string): Denial[] => {
    const role = { principal, owner: shared, granted: "identity" as const };
    return [
      {
        ...role,
        reason: "another role would read what is released",
        actions: ["s3:GetObject", "s3:GetObjectVersion"],
        resource: artifactOf(own),
      },
      {
        ...role,
        reason: "another role would change what is released",
        actions: ["s3:PutObject"],
        resource: artifactOf(own),
        context: encryptedWith(key),
      },
      {
        ...role,
        reason: "another role would look into the artifacts",
        actions: ["s3:ListBucket"],
        resource: bucket,
      },
      {
        ...role,
        reason: "another role would decrypt the artifacts",
        actions: ["kms:Decrypt"],
        resource: key,
        context: throughS3(own, bucket),
      },
      ...(describing.includes(principal)
        ? []
        : [
            {
              ...role,
              reason: "another role would use the key",
              actions: ["kms:DescribeKey"],
              resource: key,
              context: ofKey(own),
            },
          ]),
    ];
  };
  return principals.flatMap(rowsOf);
}
