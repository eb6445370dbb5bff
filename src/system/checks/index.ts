import type { Check } from "../../config/fault";
import type { Config } from "../../config/schema";
import { deliveredNowhere } from "./service/deliveries";
import { ignoredBuildKeys, longReportGroups, wrongBuildImages, wrongBuildParameters } from "./build";
import { clashingNames, invalidNames, pipelinesOverDeliveryFiles } from "./names";
import { networksOverlap } from "./networks";
import { foreignTopics } from "./notifications";
import { wrongPlaces } from "./places";
import { foreignPolicies } from "./policies";
import { unknownReferences } from "./references";
import { regionsWithoutServices } from "./regions";
import { tooManyRoutes } from "./ingress/listener-limits";
import { hostsWithoutZone, wrongLoadBalancers } from "./ingress/load-balancers";
import { sharedRoutes, wrongPriorities } from "./ingress/routes";
import { wrongSecrets } from "./task/secrets";
import { impossibleSettings } from "./service/settings";
import { approvalsOfNothing, filtersWithoutConnection, wrongBuildNetworks } from "./sources";

/** Checks of several keys together. They also run if a single key is wrong. */
export const checks: readonly Check<Config>[] = [
  unknownReferences,
  regionsWithoutServices,
  deliveredNowhere,
  wrongPlaces,
  networksOverlap,
  wrongLoadBalancers,
  hostsWithoutZone,
  sharedRoutes,
  wrongPriorities,
  tooManyRoutes,
  filtersWithoutConnection,
  approvalsOfNothing,
  wrongBuildNetworks,
  impossibleSettings,
  foreignPolicies,
  foreignTopics,
  wrongSecrets,
  wrongBuildImages,
  ignoredBuildKeys,
  wrongBuildParameters,
  longReportGroups,
  invalidNames,
  clashingNames,
  pipelinesOverDeliveryFiles,
];
