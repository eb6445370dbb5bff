import * as fc from "fast-check";
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
  const { mutants, undetected } = await mutate(checked);
  expect(undetected).toEqual([]);
  return mutants;
}

describe("every change of a statement is noticed", () => {
  it("in a system of three environments", async () => {
    expect(await expectProven(configFile("__tests__/fixtures/three-environments.yaml"))).toBeGreaterThan(
      4000,
    );
  });

  it("in any system", async () => {
    const property = fc.asyncProperty(validContent, async (content) => {
      await expectProven(configOf(stringify(content)));
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  });
});
