import { fc } from "../support/fast-check";
import { stringify } from "yaml";
import { policiesOfStacks, provePermissions } from "../../src/permissions";
import { systemOf } from "../../src/system/system";
import { validContent } from "../support/arbitrary-config";
import { configOf, synthApp } from "../support/synth-app";

/** Each is a system of up to six deliveries. */
const RUNS = 5;

describe("the proof of any configuration", () => {
  it("raises no false alarm", async () => {
    const property = fc.asyncProperty(validContent, async (content) => {
      const config = configOf(stringify(content));
      const report = await provePermissions(systemOf(config), policiesOfStacks(synthApp(config)));
      expect(report).toMatchObject({ failures: [], proven: true });
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  });
});
