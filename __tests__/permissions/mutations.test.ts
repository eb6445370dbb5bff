import { configFile } from "../support/synth-app";
import { checkConfig, excessIn, isAllowed, needsOf, type Checked } from "./mutations/check";
import { mutate } from "./mutations/undetected";

describe.each(["codeseries.yaml", "__tests__/fixtures/one-account.yaml"])("the policies of %s", (file) => {
  let checked: Checked;
  beforeAll(async () => {
    checked = await checkConfig(configFile(file));
  }, 30_000);

  it("allow every required call, no forbidden one, and nothing in excess", () => {
    const { forbidden, policies, required } = checked;
    expect(required.filter(({ decision }) => !isAllowed(decision))).toEqual([]);
    expect(forbidden.filter(({ decision }) => isAllowed(decision))).toEqual([]);
    expect(policies.flatMap((policy) => excessIn(policy, needsOf(policy, checked)))).toEqual([]);
  });

  it("cannot be changed in any statement without being noticed, except where AWS makes no difference", async () => {
    const { by, mutants, undetected } = await mutate(checked);
    expect(undetected).toEqual([]);
    expect(mutants).toBeGreaterThan(500);
    // Each kind of check finds changes that excess does not show.
    expect(by["required calls"]).toBeGreaterThan(100);
    expect(by.guards).toBeGreaterThan(20);
  }, 30_000);
});
