import type { PlanJson } from "../../support/plans";

/** A plan, and the verdict that a careful engineer gives. */
export type LabelledPlan = readonly [verdict: string, what: string, plan: PlanJson];
