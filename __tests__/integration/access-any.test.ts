import * as fc from "fast-check";
import { stringify } from "yaml";
import { synthesizedEvidence } from "../../src/access/synthesized";
import { wiringFaults } from "../../src/access/wiring";
import { validContent } from "../support/arbitrary-config";
import { failures } from "../support/evidence";
import { configOf, synthApp } from "../support/synth-app";

/** Each is a system of up to six deliveries. */
const RUNS = 5;

describe("the proof of any configuration", () => {
  it("raises no false alarm", async () => {
    const property = fc.asyncProperty(validContent, async (content) => {
      const config = configOf(stringify(content));
      const stacks = synthApp(config);
      const evidence = synthesizedEvidence(stacks);
      expect(await failures(config, evidence)).toEqual([]);
      expect(wiringFaults(config, evidence, stacks)).toEqual([]);
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  });
});
