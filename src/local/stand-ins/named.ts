import { managedPolicyArn } from "../../system/arns";
import type { System } from "../../system/system";
import type { Outside } from "./outside";

/** What a configuration names without an ARN, in the account that it is in. */
export const namedOutside = ({ accounts, deliveries, region }: System): Outside[] => [
  ...accounts
    .filter(({ permissionsBoundary = "arn:" }) => !permissionsBoundary.startsWith("arn:"))
    .map(({ id: account, permissionsBoundary: policy = "" }) => ({
      kind: "policy",
      account,
      region,
      id: managedPolicyArn(account, policy),
    })),
  ...deliveries.flatMap(({ account: { id: account }, settings }) =>
    settings.deployment.alarmNames.map((id) => ({ kind: "alarm", account, region, id })),
  ),
];
