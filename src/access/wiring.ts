import type { Config } from "../config/schema";
import type { Evidence } from "./documents";
import { allParties } from "./parties";
import { resolve } from "./resolve";
import { resourcesOf, type Stacks } from "./synthesis";
import { wiresOf, type Wire } from "./wires";

/** An argument that does not name what the configuration's delivery needs there. */
export interface WiringFault extends Wire {
  /** What it names; nothing if there is no such resource, or no such argument. */
  readonly got?: string;
}

/**
 * Every argument of the stacks that leads away from the chain: a proof of policies alone would not see
 * a pipeline that runs with another role, or encrypts with another key.
 */
export function wiringFaults(config: Config, evidence: Evidence, stacks: Stacks): WiringFault[] {
  return allParties(config, evidence)
    .flatMap(wiresOf)
    .flatMap((wire) => {
      const found = resourcesOf(stacks, wire.type).filter(
        ({ stack, block }) => resolve(stacks, stack, block[wire.key]) === wire.name,
      );
      if (found.length === 0) return [{ ...wire, path: wire.key, expected: wire.name }];
      return found
        .map(({ stack, block }) => resolve(stacks, stack, at(block, wire.path.split("."))))
        .filter((got) => got !== wire.expected)
        .map((got) => ({ ...wire, got: textOf(got) }));
    });
}

/** What lies at a path below a value: keys, indices (from the end if negative), or `[key=value]`. */
function at(value: unknown, [part, ...rest]: readonly string[]): unknown {
  if (part === undefined || typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return at((value as Readonly<Record<string, unknown>>)[part], rest);
  const list = value as readonly unknown[];
  const [, key = "", wanted] = /^\[(.+)=(.+)\]$/.exec(part) ?? [];
  return at(
    wanted === undefined ? list.at(Number(part)) : list.find((one) => at(one, [key]) === wanted),
    rest,
  );
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
