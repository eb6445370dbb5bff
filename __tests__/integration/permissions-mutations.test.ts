import { fc } from "../support/fast-check";
import { stringify } from "yaml";
import { checkConfig, wrongAnswers } from "../permissions/mutations/check";
import { mutate } from "../permissions/mutations/undetected";
import { validContent } from "../support/arbitrary-config";
import { configFile, configOf } from "../support/synth-app";

/** Each is a system of up to six deliveries. */
const RUNS = 5;

async function expectProven(config: ReturnType<typeof configFile>) {
  const checked = await checkConfig(config);
  expect(wrongAnswers(checked)).toEqual([]);
  const mutation = await mutate(checked);
  expect(mutation.undetected).toEqual([]);
  return mutation;
}

describe("every change of a statement is noticed, except where AWS makes no difference", () => {
  it.each(["codeseries.yaml", "__tests__/fixtures/one-account.yaml"])("in %s", async (file) => {
    const { by, mutants } = await expectProven(configFile(file));
    expect(mutants).toBeGreaterThan(500);
    // Each kind of check finds changes that excess does not show.
    expect(by["required calls"]).toBeGreaterThan(100);
    expect(by.guards).toBeGreaterThan(20);
  });

  it("in a system of three environments", async () => {
    const { mutants } = await expectProven(configFile("__tests__/fixtures/three-environments.yaml"));
    expect(mutants).toBeGreaterThan(4000);
  });

  it("in any system", async () => {
    const property = fc.asyncProperty(validContent, async (content) => {
      await expectProven(configOf(stringify(content)));
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  });
});
