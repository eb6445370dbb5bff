import { policiesOfStacks, provePermissions, type Policies } from "../../src/permissions";
import { loadSimulator, type Simulate } from "../../src/permissions/check/simulator";
import type { Failure } from "../../src/permissions/report/failures";
import type { Stacks } from "../../src/synthesis/synthesized";
import type { System } from "../../src/system/system";
import { configFile, synthApp, systemFile } from "./synth-app";

/** The system of a configuration of this repository, with its stacks and their policies. */
export function provableSystem(file: string) {
  const stacks: Stacks = synthApp(configFile(file));
  return { system: systemFile(file), stacks, policies: policiesOfStacks(stacks) };
}

/** A value with a part of its JSON replaced. Fails if it does not contain the part. */
export function changed<Value>(value: Value, part: string, by: string): Value {
  const json = JSON.stringify(value);
  if (!json.includes(part)) throw new Error(`there is no ${part}`);
  return JSON.parse(json.replaceAll(part, by)) as Value;
}

/** The same for a part of the policies in stacks, whose JSON is in strings. */
export const changedPolicy = (stacks: Stacks, part: string, by: string): Stacks =>
  changed(stacks, inString(part), inString(by));

const inString = (text: string) => JSON.stringify(text).slice(1, -1);

/** Everything for which a system is not proven with these policies. */
export const failuresOf = async (system: System, policies: Policies): Promise<readonly Failure[]> =>
  (await provePermissions(system, policies)).failures;

let simulator: Promise<Simulate> | undefined;

/** The simulator, loaded once. */
export const simulate: Simulate = async (simulation) => (await (simulator ??= loadSimulator()))(simulation);
