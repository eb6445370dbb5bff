import { ExitCode } from "../../errors";
import type { ReviewedStack, ReviewRecord } from "./record";
import { differingChanges } from "./digest";
import type { PlanFacts } from "./plan-file";

/** Why a reviewed plan is not applied. */
export interface Refusal {
  readonly text: string;
  readonly exitCode: ExitCode;
}

const again = (text: string): Refusal => ({ text, exitCode: ExitCode.incomplete });
const danger = (text: string): Refusal => ({ text, exitCode: ExitCode.dangerous });

/** What there is now in place of what was reviewed. */
export interface Found {
  readonly configuration: string | undefined;
  readonly lockFile: string | null;
  /** Undefined if there is no plan file. */
  readonly plan: PlanFacts | undefined;
  /** Of the stored state; undefined if there is none. */
  readonly state: { readonly lineage: string; readonly serial: number } | undefined;
}

/** Why the plan of one stack is not the reviewed one, or is not one for what exists now. */
export function stackRefusals({ kind, name, ...reviewed }: ReviewedStack, found: Found): Refusal[] {
  if (found.configuration !== reviewed.configuration)
    return [again(`${name}: the configuration of the stack changed after the review`)];
  if (kind !== "exact" || !reviewed.plan) return [];
  const { lineage, serial, sha256 } = reviewed.plan;
  if (!found.plan) return [again(`${name}: the reviewed plan file is gone`)];
  if (found.plan.sha256 !== sha256)
    return [danger(`${name}: the plan file is not the one that was reviewed`)];
  if (found.lockFile !== reviewed.lockFile)
    return [again(`${name}: the lock file of the providers changed after the review`)];
  const now = found.state ?? { lineage: "", serial: 0 };
  if (now.lineage !== lineage)
    return [again(`${name}: the state is another one than at the review (lineage ${shown(now.lineage)})`)];
  if (now.serial !== serial)
    return [
      again(`${name}: the state changed after the review: its serial was ${serial}, and is ${now.serial}`),
    ];
  return [];
}

const shown = (lineage: string) => (lineage === "" ? "none" : lineage);

/** Dangerous changes, and states without a stack, that nobody accepted. */
export function unaccepted({ stacks, unplanned }: ReviewRecord, accepted: readonly string[]): Refusal[] {
  return [
    ...stacks.flatMap(({ dangerous, name }) =>
      dangerous
        .filter((address) => !accepted.includes(address))
        .map((address) => danger(`${name}: ${address} is dangerous, and was not accepted`)),
    ),
    ...unplanned
      .filter((name) => !accepted.includes(name))
      .map((name) => again(`${name}: its state has resources, and the configuration has no such stack`)),
  ];
}

/** Everything that can be accepted. */
export const acceptable = ({ stacks, unplanned }: ReviewRecord): string[] => [
  ...stacks.flatMap(({ dangerous }) => dangerous),
  ...unplanned,
];

/** What this review changes that another one, which was approved, does not, or the other way round. */
export const otherChanges = (approved: ReviewRecord, { stacks }: ReviewRecord): Refusal[] => {
  const changesOf = (all: readonly ReviewedStack[], name: string) =>
    all.find((stack) => stack.name === name)?.changes ?? {};
  const names = [...new Set([...approved.stacks, ...stacks].map(({ name }) => name))];
  return names.flatMap((name) => {
    const addresses = differingChanges(changesOf(approved.stacks, name), changesOf(stacks, name));
    return addresses.length === 0 ? [] : [danger(differs(name, addresses))];
  });
};

/** So many addresses are named. */
const NAMED = 5;

/** That a plan is another one than the reviewed one, and where. */
export function differs(name: string, addresses: readonly string[]): string {
  const more = addresses.length - NAMED;
  const named = addresses.slice(0, NAMED).join(", ");
  return `${name}: the changes are not the reviewed ones: ${named}${more > 0 ? ` and ${more} more` : ""}`;
}
