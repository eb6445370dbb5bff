import type { Stacks } from "../../src/access/evidence/synthesis";
import { synthesizedEvidence } from "../../src/access/evidence/synthesized";
import { wiringFaults } from "../../src/access/wiring/wiring";
import { titleOf } from "../../src/access/wiring/wiring-fault";
import { altered } from "./broken-stacks";
import type { systemOf } from "./evidence";

type System = ReturnType<typeof systemOf>;

export const SHARED = "202949997891";
export const DEV = "558846431111";
export const ELSEWHERE = "arn:aws:iam::999999999999:role/elsewhere";
export const roleIn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

/** Every fault of a synthesis, as a person reads it. */
export const faultsOf = ({ config }: System, stacks: Stacks) =>
  wiringFaults(config, synthesizedEvidence(stacks), stacks).map((fault) =>
    [titleOf(fault), fault.expected, fault.got].filter((part) => part !== undefined),
  );

/** What is changed, where and to what; then what was expected, and, if they are others, what is said of it and where. */
export type Row = readonly [
  what: string,
  path: string,
  by: unknown,
  expected: string,
  got?: string,
  at?: string,
];

/** Each row by itself, on the resource at an address: it must be the one fault. */
export function breaks(system: System, address: string, name: string, rows: readonly Row[]) {
  const [stack = "", type = ""] = address.split(".");
  describe(`${type} "${name}"`, () => {
    for (const [what, path, by, expected, got = String(by), at = path] of rows)
      it(`${what} is named`, () => {
        expect(faultsOf(system, altered(system.stacks, address, path, by))).toEqual([
          [`stack ${stack}: ${type} "${name}": ${at} is not what it must be`, expected, got],
        ]);
      });
  });
}

type List = readonly unknown[];

/** Changes of a list. */
export const and =
  (...more: List) =>
  (list: List) => [...list, ...more];
export const swapped = ([first, second, ...rest]: List) => [second, first, ...rest];
