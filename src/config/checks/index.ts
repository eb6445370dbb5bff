import type { Check } from "../fault";
import type { Config } from "../schema";
import { networksOverlap } from "./networks";
import { wrongPlaces } from "./places";
import { unknownReferences } from "./references";
import { sharedRoutes } from "./routes";
import { impossibleSettings } from "./settings";

/** What only several keys together can tell, beside the names, which `naming` checks. */
export const checks: readonly Check<Config>[] = [
  unknownReferences,
  wrongPlaces,
  networksOverlap,
  sharedRoutes,
  impossibleSettings,
];
