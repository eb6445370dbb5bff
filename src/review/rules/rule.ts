import type { Change } from "../plan/change";
import type { Plan } from "../plan/plan";

/** From harmless to what a person must not apply unseen. `expected`: a release did it. */
export const VERDICTS = ["safe", "expected", "look", "dangerous"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a rule says about a change. */
export interface Finding {
  readonly verdict: Verdict;
  /** What happens, in one sentence. It contains no value that the plan marks as sensitive. */
  readonly why: string;
  /** Names and values that matter, such as rights gained; never sensitive ones. */
  readonly details?: readonly string[];
  /** The attributes of an update that the rule judged; an update's other attributes are judged by other rules. */
  readonly judged?: readonly string[];
}

/** One thing that a careful engineer looks for. */
export interface Rule {
  /** Such as `data-destroyed`. */
  readonly name: string;
  /** What the rule finds, in a few words. */
  readonly finds: string;
  /** Why it matters: the fact of AWS or Terraform behind it. */
  readonly fact: string;
  /** Where AWS or Terraform documents it. */
  readonly see: string;
  judge(change: Change, plan: Plan): Finding | readonly Finding[] | undefined;
}
