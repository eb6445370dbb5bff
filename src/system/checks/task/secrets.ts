import type { Check, Fault, Path } from "../../../config/fault";
import { UNKNOWN_ACCOUNT } from "../../../config/lenient";
import type { Config } from "../../../config/schema";
import { systemOf, type Delivery } from "../../system";
import { settingPath } from "../service/setting-path";

/** Secrets of a task, and their keys, that are elsewhere without the configuration saying so. */
export const wrongSecrets: Check<Config> = (config) => [
  ...systemOf(config).deliveries.flatMap((delivery) => {
    const { account, environment, region, settings } = delivery;
    const place = `:${region}:${account.id}:`;
    if (settings.task.crossAccountSecrets || account.id === UNKNOWN_ACCOUNT) return [];
    return arnsIn(delivery).flatMap(([path, arn]): Fault[] => {
      if (arn.includes(place)) return [];
      const [, , service = ""] = arn.split(":");
      const expected = `a ${service === "kms" ? "key" : "secret"} of the account and region of ${environment.name}, arn:aws:${service}${place}…, or task.crossAccountSecrets: true`;
      return [{ path: settingPath(config, delivery, path), expected, got: arn }];
    });
  }),
];

/** Every ARN of a task's secrets and of their keys, with its key in a service's settings. */
function arnsIn({ settings: { task } }: Delivery): (readonly [Path, string])[] {
  const containers: (readonly [Path, Readonly<Record<string, string>>])[] = [
    [["task"], task.secrets],
    ...Object.entries(task.sidecars).map(
      ([name, { secrets }]) => [["task", "sidecars", name], secrets] as const,
    ),
  ];
  return [
    ...containers.flatMap(([path, secrets]) =>
      Object.entries(secrets).map(([name, arn]) => [[...path, "secrets", name], arn] as const),
    ),
    ...task.secretKeyArns.map((arn, index) => [["task", "secretKeyArns", index], arn] as const),
  ];
}
