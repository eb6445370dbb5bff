import { bucketArn } from "../../system/arns";
import { stateKey } from "../../system/state";
import type { Parties } from "../parties";
import type { ForbiddenCall } from "../request";
import { otherAccountGuards, tlsGuards } from "./bucket";
import { forbid } from "./forbid";

const keyIn = (stateBucket: string, stack: string) => `${bucketArn(stateBucket)}/${stateKey(stack)}`;

/** Every call on Terraform's state that must be denied to other accounts, and without TLS. */
export const stateGuards = (stateBucket: string, sharedId: string): ForbiddenCall[] => [
  ...otherAccountGuards("the state", keyIn(stateBucket, "shared"), stateBucket, sharedId),
  ...tlsGuards(stateBucket, sharedId),
];

/** The state contains secrets and decides what the next apply changes, so no role of a delivery may use it. */
export function stateAccessGuards(own: Parties, stateBucket: string): ForbiddenCall[] {
  const { account, arns, crossesAccounts, environment, shared } = own;
  const key = keyIn(stateBucket, environment.name);
  return [
    ...Object.values(arns.roles).map((role) =>
      forbid(role, shared.id)("a delivery would read the state", ["s3:GetObject"], key),
    ),
    ...(crossesAccounts ? otherAccountGuards("the state", key, stateBucket, shared.id, account.id) : []),
  ];
}
