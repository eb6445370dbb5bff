import { readFileSync } from "node:fs";
import type { Call } from "../../../src/aws/recorded-calls";
import { requiredStages } from "../../../src/permissions/calls";
import { partiesOf, type Parties } from "../../../src/permissions/parties";
import type { Delivery } from "../../../src/system/system";
import { compare, type Differences } from "./compare";
import { reasonsOf } from "./reasons";

export const requiredCalls = (parties: Parties) => requiredStages(parties).flatMap(({ calls }) => calls);

/** Compares the calls that the roles of one delivery have made, as `calls.jsonl` has them, with the proof. */
export function compareWithProof(file: string, delivery: Delivery): Differences {
  const calls = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Call);
  const parties = partiesOf(delivery);
  return compare(calls, requiredCalls(parties), reasonsOf(parties));
}
