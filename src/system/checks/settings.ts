import type { Check, Fault, Path } from "../../config/fault";
import type { Config, ServiceConfig } from "../../config/schema";
import { overridesIn, settingsOf, type Section, type Settings } from "../settings";
import { impossibleBuild } from "./build";
import { impossibleTask } from "./task";

/** CodeDeploy shifts traffic for two days at most. */
const MAX_SHIFT_MINUTES = 2880;

const sectionChecks: {
  readonly [Name in Section]: (settings: Settings, service: string) => readonly Fault[];
} = {
  build: impossibleBuild,

  task: impossibleTask,

  scaling: ({ scaling }) => {
    if (!scaling) return [];
    const faults: Fault[] = [];
    if (scaling.max < scaling.min)
      faults.push({ path: ["max"], expected: `at least min, ${scaling.min}`, got: scaling.max });
    if (scaling.cpuPercent === undefined && scaling.requestsPerTarget === undefined)
      faults.push({ path: [], expected: "cpuPercent or requestsPerTarget, or both", got: scaling });
    return faults;
  },

  deployment: ({ deployment: { config } }) => {
    if (typeof config === "string" || !("linear" in config)) return [];
    const { percent, minutes } = config.linear;
    const total = (Math.ceil(100 / percent) - 1) * minutes;
    return total <= MAX_SHIFT_MINUTES
      ? []
      : [
          {
            path: ["config", "linear", "minutes"],
            expected: `steps that shift all traffic within ${MAX_SHIFT_MINUTES} minutes, which AWS allows`,
            got: minutes,
          },
        ];
  },
};

/** The settings of a service, then those of each environment that overrides some, with the sections to look at. */
function variantsOf(
  service: ServiceConfig,
): { at: Path; settings: Settings; sections: readonly Section[] }[] {
  const all = Object.keys(sectionChecks) as Section[];
  return [
    { at: [], settings: settingsOf(service), sections: all },
    ...Object.keys(service.environments).map((name) => ({
      at: ["environments", name],
      settings: settingsOf(service, name),
      sections: all.filter((section) => overridesIn(service, name)[section] !== undefined),
    })),
  ];
}

/** Settings that AWS refuses together, in a service itself or as an environment changes them. */
export const impossibleSettings: Check<Config> = ({ services }) =>
  Object.entries(services).flatMap(([name, service]) =>
    variantsOf(service).flatMap(({ at, settings, sections }) =>
      sections.flatMap((section) =>
        sectionChecks[section](settings, name).map((fault) => ({
          ...fault,
          path: ["services", name, ...at, section, ...fault.path],
        })),
      ),
    ),
  );
