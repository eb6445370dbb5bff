import type { Check } from "../../config/fault";
import type { Config } from "../../config/schema";
import { clashingNames, invalidNames } from "./names";
import { networksOverlap } from "./networks";
import { wrongPlaces } from "./places";
import { unknownReferences } from "./references";
import { sharedRoutes } from "./routes";
import { impossibleSettings } from "./settings";

/** What only several keys together can show. Each check also runs where a single key is wrong. */
export const checks: readonly Check<Config>[] = [
  unknownReferences,
  wrongPlaces,
  networksOverlap,
  sharedRoutes,
  impossibleSettings,
  invalidNames,
  clashingNames,
];
