import type { Evidence } from "../../src/access/evidence/documents";
import type { Stacks } from "../../src/access/evidence/synthesis";
import { synthesizedEvidence } from "../../src/access/evidence/synthesized";
import { prove } from "../../src/access/proof";
import { failuresOf } from "../../src/access/report/advice";
import type { Failure } from "../../src/access/report/failure";
import { configFile, synthApp } from "./synth-app";

/** A configuration of this repository, with its stacks and their documents. */
export function systemOf(file: string) {
  const config = configFile(file);
  const stacks: Stacks = synthApp(config);
  return { config, stacks, evidence: synthesizedEvidence(stacks) };
}

/** A value with a part of its JSON replaced; fails when it does not hold the part. */
export function changed<Value>(value: Value, part: string, by: string): Value {
  const json = JSON.stringify(value);
  if (!json.includes(part)) throw new Error(`there is no ${part}`);
  return JSON.parse(json.replaceAll(part, by)) as Value;
}

/** Everything that keeps a configuration's system from being proven by that evidence. */
export const failures = async (
  config: ReturnType<typeof configFile>,
  evidence: Evidence,
): Promise<Failure[]> => failuresOf(await prove(config, evidence));
