import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { artifactCalls, buildCalls } from "./build";
import { releaseCalls } from "./release";
import { runCalls } from "./run";
import { sourceCalls } from "./source";

/** One part of a delivery. */
export interface Stage<Call = RequiredCall> {
  readonly name: string;
  readonly calls: readonly Call[];
}

/** Every call that one service's delivery to one environment needs, in order. */
export const requiredStages = (parties: Parties): Stage[] => [
  { name: "Source", calls: sourceCalls(parties) },
  { name: "Artifacts", calls: artifactCalls(parties) },
  { name: "Build", calls: buildCalls(parties) },
  { name: "Release", calls: releaseCalls(parties) },
  { name: "Run", calls: runCalls(parties) },
];
