import type { Parties } from "../parties";
import type { Hop } from "../request";
import { artifactHops } from "./artifacts";
import { buildHops } from "./build";
import { releaseHops } from "./release";
import { runHops } from "./run";
import { sourceHops } from "./source";

/** A stretch of a delivery. */
export interface Stage {
  readonly name: string;
  readonly hops: readonly Hop[];
}

/** Everything that one service's delivery to one environment must be allowed to do, in its order. */
export const chainOf = (parties: Parties): Stage[] => [
  { name: "Source", hops: sourceHops(parties) },
  { name: "Artifacts", hops: artifactHops(parties) },
  { name: "Build", hops: buildHops(parties) },
  { name: "Release", hops: releaseHops(parties) },
  { name: "Run", hops: runHops(parties) },
];
