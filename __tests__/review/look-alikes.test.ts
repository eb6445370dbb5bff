import { rules } from "../../src/review/rules";
import { planNames, reviewOf, savedPlan } from "../support/plans";
import { CONDITIONS } from "./look-alikes/conditions";
import { EXISTING } from "./look-alikes/existing";
import { OUTSIDE } from "./look-alikes/outside";
import { POLICIES } from "./look-alikes/policies";
import { PROTECTION } from "./look-alikes/protection";
import { TRAFFIC } from "./look-alikes/traffic";

const CASES = [...TRAFFIC, ...POLICIES, ...CONDITIONS, ...EXISTING, ...PROTECTION, ...OUTSIDE];

describe("the review", () => {
  it.each(CASES)("judges as %s: %s", (verdict, _, plan) => {
    const review = reviewOf(plan);
    expect([review.verdict, verdict === review.verdict ? [] : review.changes]).toEqual([verdict, []]);
  });

  it("has no rule that decides none of the labelled plans", () => {
    const plans = [...CASES.map(([, , plan]) => plan), ...planNames().map(savedPlan)];
    const deciding = plans.flatMap((plan) => {
      const { changes, verdict } = reviewOf(plan);
      const decides = (own: string) => own === verdict || (own === "expected" && verdict === "safe");
      return changes.filter((one) => decides(one.verdict)).map(({ rule }) => rule);
    });
    expect(rules.map(({ name }) => name).filter((name) => !deciding.includes(name))).toEqual([]);
  });
});
