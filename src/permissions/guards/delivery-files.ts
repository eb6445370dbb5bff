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
  const { arns, keyArn, shared } = own;
  const { build, deploy, pipeline } = arns.roles;
  const context = encryptedWith(keyArn);
  return deliveryFilesOf(arns).flatMap((file) => [
    ...[build, deploy, pipeline].flatMap((role) => [
      forbid(role, shared.id)("a release would change the delivery files", ["s3:PutObject"], file, {
        context,
      }),
      forbid(role, shared.id)("a release would delete the delivery files", ["s3:DeleteObject"], file),
    ]),
    ...others.flatMap(({ arns: { roles } }) =>
      [roles.build, roles.deploy, roles.pipeline].flatMap((role) => [
        forbid(role, shared.id)("another delivery would read the delivery files", ["s3:GetObject"], file),
        forbid(role, shared.id)(
          "another delivery would change the delivery files",
          ["s3:PutObject", "s3:DeleteObject"],
          file,
        ),
      ]),
    ),
  ]);
}
