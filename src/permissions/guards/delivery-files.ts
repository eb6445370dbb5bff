import { deliveryFilesOf, encryptedWith } from "../calls/call";
import type { Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { forbid } from "./forbid";

/**
 * Who must not use a delivery's task definition and AppSpec file. They decide what a release runs and with which
 * secrets, so only Terraform writes them.
 *
 * @param others Other deliveries, whose roles must not even read them.
 */
export function deliveryFileGuards(own: Parties, others: readonly Parties[]): ForbiddenCall[] {
  const context = encryptedWith(own.keyArn);
  const by = (role: string) => forbid(role, { owner: own.shared.id });
  return deliveryFilesOf(own.arns).flatMap((file) => [
    ...usersOf(own).flatMap((role) => [
      by(role)("a release would change the delivery files", "s3:PutObject", file, { context }),
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
const usersOf = ({ arns: { roles } }: Parties) => [roles.build, roles.deploy, roles.pipeline];
