import { managedPolicyArn } from "../../system/arns";
import type { System } from "../../system/system";
import type { Outside } from "./outside";

/** What a configuration names without an ARN, in the account that it is in. */
export const namedOutside = ({ accounts, deliveries, environments, region }: System): Outside[] => [
  ...accounts
    .filter(({ permissionsBoundary = "arn:" }) => !permissionsBoundary.startsWith("arn:"))
    .map(({ id: account, permissionsBoundary: policy = "" }) => ({
      kind: "policy",
      account,
      region,
      id: managedPolicyArn(account, policy),
    })),
  ...environments.flatMap(({ account: { id: account }, ingress: { allowFrom, hostedZones } }) => [
    ...allowFrom
      .filter((source) => source.startsWith("pl-"))
      .map((id) => ({ kind: "prefix list", account, region, id })),
    ...Object.entries(hostedZones).map(([name, id]) => ({ kind: "hosted zone", account, region, id, name })),
  ]),
  ...deliveries.flatMap(({ account: { id: account }, settings }) =>
    settings.deployment.alarmNames.map((id) => ({ kind: "alarm", account, region, id })),
  ),
];
