import type { Check, Fault } from "../../config/fault";
import type { Config } from "../../config/schema";
import { systemOf } from "../system";
import { settingPath } from "./service/setting-path";

/** A role takes managed policies of AWS and of its own account. */
export const foreignPolicies: Check<Config> = (config) =>
  systemOf(config).deliveries.flatMap((delivery) => {
    const { account, settings, shared } = delivery;
    const owners = { task: account.id, build: shared.id };
    return (["task", "build"] as const).flatMap((section) =>
      settings[section].policies.flatMap((policy, index): Fault[] => {
        const places = ["aws", owners[section]].map((owner) => `arn:aws:iam::${owner}:policy/`);
        if (typeof policy !== "string" || places.some((place) => policy.startsWith(place))) return [];
        const path = settingPath(config, delivery, [section, "policies", index]);
        const expected = `a policy of AWS or of the role's account, ${places[1] ?? ""}…`;
        return [{ path, expected, got: policy }];
      }),
    );
  });
