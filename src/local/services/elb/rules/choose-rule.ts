import type { Rule } from "../table/table";
import type { RequestFacts } from "./conditions";

/** The first rule, by priority, of which every condition holds. */
export const chooseRule = (rules: readonly Rule[], request: RequestFacts): Rule | undefined =>
  rules.find(({ conditions }) => conditions.every((condition) => condition(request)));
