import {
  again,
  covers,
  excessIn,
  involves,
  isAllowed,
  needsOf,
  type Answer,
  type Checked,
  type Policy,
} from "./check";
import { mutantsOf, type Mutant } from "./mutants";
import { survivorReason } from "./survivors";

export interface Mutations {
  readonly mutants: number;
  /** Of mutants without a reason, `holder: statement: kind: change`. */
  readonly undetected: readonly string[];
  /** How many each check found first. */
  readonly by: Readonly<Record<"required calls" | "excess" | "guards" | "reason", number>>;
}

/** Changes every statement of every policy in every way, and records which check notices. */
export async function mutate(checked: Checked): Promise<Mutations> {
  const by = { "required calls": 0, excess: 0, guards: 0, reason: 0 };
  const undetected: string[] = [];
  for (const policy of checked.policies) {
    const needs = needsOf(policy, checked);
    for (const mutant of mutantsOf(policy)) {
      const detector =
        excessIn(mutant.policy, needs).length > 0 ? "excess" : await evaluatedDetector(mutant, checked);
      if (detector === undefined) undetected.push(nameOf(mutant));
      else by[detector]++;
    }
  }
  return { mutants: Object.values(by).reduce((a, b) => a + b, undetected.length), undetected, by };
}

async function evaluatedDetector(mutant: Mutant<Policy>, { forbidden, required }: Checked) {
  const calls = mutant.effect === "restricts" ? required : forbidden;
  for (const answer of calls) if (await changes(answer, mutant)) return detectorNames[mutant.effect];
  return survivorReason(mutant) === undefined ? undefined : "reason";
}

const detectorNames = { restricts: "required calls", widens: "guards" } as const;

/** Whether a mutant changes the answer to a call. It can only where the larger of both statements covers it. */
async function changes(answer: Answer<unknown>, mutant: Mutant<Policy>) {
  const { decision, request } = answer;
  const { changed, effect, original, policy, statement } = mutant;
  const larger = effect === "widens" ? (changed ?? statement) : statement;
  if (!involves(decision, original) || !covers(larger, request, original)) return false;
  return isAllowed(await again(answer, original, policy)) !== isAllowed(decision);
}

const nameOf = ({ change, kind, original, statement }: Mutant<Policy>) =>
  `${original.holder} ${original.kind}: ${statement.Sid ?? ""}: ${kind}: ${change}`;
