import { section } from "../section";
import { whole } from "../values";

/** AWS documents no limit. A day without scaling is no scaling. */
const MAX_COOLDOWN_SECONDS = 86_400;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html */
export const scaling = section(
  {
    min: whole(1, 5000, "tasks"),
    max: whole(1, 5000, "tasks"),
    cpuPercent: whole(1, 100, "percent").optional(),
    memoryPercent: whole(1, 100, "percent").optional(),
    requestsPerTarget: whole(1, 1_000_000, "requests a minute").optional(),
    cooldownSeconds: whole(0, MAX_COOLDOWN_SECONDS, "seconds")
      .optional()
      .describe("The time between two changes in the same direction; AWS's default is 300."),
  },
  "Target tracking; at least one of cpuPercent, memoryPercent and requestsPerTarget.",
);
