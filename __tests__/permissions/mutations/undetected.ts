import type { Policy } from "../../../src/permissions/read/policies";
import { changes, coverage, hasExcess, type Checked } from "./check";
import { mutantsOf, type Mutant } from "./mutants";
import { survivorReason } from "./survivors";

const DETECTORS = { restricts: "required calls", widens: "guards" } as const;

export interface Mutations {
  readonly mutants: number;
  /** Those that no check notices and no reason explains, as `holder: statement: kind: change`. */
  readonly undetected: readonly string[];
  /** How many each check notices first. */
  readonly by: Readonly<Record<"required calls" | "excess" | "guards" | "reason", number>>;
}

/** Changes every statement of every policy in every way, and records which check notices. */
export async function mutate(
  checked: Checked,
  policies: readonly Policy[] = checked.policies,
): Promise<Mutations> {
  const by = { "required calls": 0, excess: 0, guards: 0, reason: 0 };
  const undetected: string[] = [];
  // The user's own statements: the proof names them, whatever they are.
  const ours = policies.filter(({ name }) => name !== "configured");
  const mutants = ours.flatMap(mutantsOf<Policy>);
  for (const mutant of mutants) {
    const detector = (await detectorOf(mutant, checked)) ?? (survivorReason(mutant) ? "reason" : undefined);
    if (detector === undefined) undetected.push(nameOf(mutant));
    else by[detector]++;
  }
  return { mutants: mutants.length, undetected, by };
}

async function detectorOf(mutant: Mutant<Policy>, checked: Checked) {
  const { changed, effect, original, statement } = mutant;
  const isDeny = statement.Effect === "Deny";
  if ((effect === "widens" || isDeny) && (await hasExcess(mutant, checked))) return "excess";
  const { forbidden, required } = checked.decidedBy(original);
  // A call can change only if the larger of both statements covers it.
  const mayChange = coverage(effect === "widens" ? (changed ?? statement) : statement);
  for (const answer of effect === "restricts" ? required : forbidden)
    if (mayChange(answer.request) && (await changes(answer, mutant, checked.simulate)))
      return DETECTORS[effect];
  return undefined;
}

const nameOf = ({ change, kind, original, statement }: Mutant<Policy>) =>
  `${original.holder} ${original.kind}: ${statement.Sid ?? ""}: ${kind}: ${change}`;
