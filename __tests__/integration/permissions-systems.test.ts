import { provePermissions, type Report } from "../../src/permissions";
import { provableSystem } from "../support/proof";

describe.each([
  "codeseries.yaml",
  "__tests__/fixtures/three-environments.yaml",
  "__tests__/fixtures/one-account.yaml",
])("the system of %s", (file) => {
  let report: Report;
  beforeAll(async () => {
    const { policies, system } = provableSystem(file);
    report = await provePermissions(system, policies);
  });

  it("is proven: all that is required is allowed, all that is forbidden denied, and nothing is excess", () => {
    const { counts, failures, proven } = report;
    expect([failures, proven]).toEqual([[], true]);
    expect(counts).toMatchObject({ allowed: counts.required, denied: counts.forbidden });
  });
});
