import type { Warn } from "../../config/fault";
import type { Config } from "../../config/schema";

/** Tasks that have public addresses. */
export const tasksWithoutNat: Warn<Config> = ({ environments }) =>
  Object.entries(environments).flatMap(([name, { network }]) =>
    "nat" in network && network.nat === "none"
      ? [
          {
            path: ["environments", name, "network", "nat"],
            text: "tasks run in the public subnets, each with a public IPv4 address; single or per-zone keeps them in private ones",
          },
        ]
      : [],
  );
