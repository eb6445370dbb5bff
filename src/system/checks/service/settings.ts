import type { Check, Fault, Path } from "../../../config/fault";
import type { Config, ServiceConfig } from "../../../config/schema";
import { overridesIn, settingsOf, type Section, type Settings } from "../../settings";
import { impossibleBuild } from "../build";
import { impossibleDeployment, slowStart } from "./deployment";
import { impossibleHealthCheck } from "../ingress/health-check";
import { impossibleScaling, unscaledCount } from "./scaling";
import { impossibleTask } from "../task/task";

type SettingsCheck = (settings: Settings, service: string) => readonly Fault[];

/** Each check, with the section that its faults are in and the others that it reads. */
const settingsChecks: readonly (readonly [Section, SettingsCheck, ...Section[]])[] = [
  ["healthCheck", impossibleHealthCheck],
  ["healthCheck", slowStart, "deployment"],
  ["build", impossibleBuild],
  ["task", impossibleTask],
  ["task", unscaledCount, "scaling"],
  ["scaling", impossibleScaling],
  ["deployment", impossibleDeployment],
];

/** The settings of a service, then those of each environment that overrides some, with what to check there. */
function variantsOf(service: ServiceConfig) {
  return [
    { at: [] as Path, settings: settingsOf(service), checks: settingsChecks },
    ...Object.keys(service.environments).map((name) => ({
      at: ["environments", name],
      settings: settingsOf(service, name),
      checks: settingsChecks.filter(([section, , ...others]) =>
        [section, ...others].some((one) => overridesIn(service, name)[one] !== undefined),
      ),
    })),
  ];
}

/** Settings that AWS refuses together, in a service itself or as an environment changes them. */
export const impossibleSettings: Check<Config> = ({ services }) =>
  Object.entries(services).flatMap(([name, service]) =>
    variantsOf(service).flatMap(({ at, checks, settings }) =>
      checks.flatMap(([section, check]) =>
        check(settings, name).map((fault) => ({
          ...fault,
          path: ["services", name, ...at, section, ...fault.path],
        })),
      ),
    ),
  );
