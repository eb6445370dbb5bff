import { configFile } from "../support/synth-app";
import { checkConfig, wrongAnswers, type Checked } from "./mutations/check";
import { mutate } from "./mutations/undetected";

describe.each(["codeseries.yaml", "__tests__/fixtures/one-account.yaml"])("the policies of %s", (file) => {
  let checked: Checked;
  beforeAll(async () => {
    checked = await checkConfig(configFile(file));
  }, 30_000);

  it("give every call the answer that it must have", () => {
    expect(wrongAnswers(checked)).toEqual([]);
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
