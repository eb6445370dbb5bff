import * as fc from "fast-check";
import { stringify } from "yaml";
import { synthesizedEvidence } from "../../src/access/evidence/synthesized";
import { mutate } from "../../src/access/mutations/mutations";
import { prove } from "../../src/access/proof";
import { reportOf } from "../../src/access/report/report";
import { wiringFaults } from "../../src/access/wiring/wiring";
import { validContent } from "../support/arbitrary-config";
import { configOf, synthApp } from "../support/synth-app";

/** Each is a system of up to six deliveries. */
const RUNS = 5;

describe("the proof of any configuration", () => {
  it("raises no false alarm", async () => {
    const property = fc.asyncProperty(validContent, async (content) => {
      const config = configOf(stringify(content));
      const stacks = synthApp(config);
      const evidence = synthesizedEvidence(stacks);
      const proof = await prove(config, evidence);
      expect(reportOf(proof, undefined, await mutate(proof))).toMatchObject({
        failures: [],
        mutations: { unexplained: [] },
      });
      expect(wiringFaults(config, evidence, stacks)).toEqual([]);
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  });
});
