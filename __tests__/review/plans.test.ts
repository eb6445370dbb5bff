import { planNames, reviewOf, savedPlan } from "../support/plans";

const NOT_DANGEROUS = ["safe", "look"];
const NOT_SAFE = ["look", "dangerous"];

/** Plans of the real provider, each for one edit, with the verdict that a careful engineer gives. */
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  "desired-count-dev": NOT_DANGEROUS,
  "branch-shared": ["look"],
  "protect-on-dev": NOT_DANGEROUS,
  "health-path-dev": NOT_SAFE,
  "path-root-dev": ["dangerous"],
  "nat-none-dev": NOT_SAFE,
  "certificate-dev": NOT_SAFE,
  "name-lb-dev": ["dangerous"],
  "c-sg-description-dev": NOT_SAFE,
  "c-policy-widened-dev": ["dangerous"],
  "c-versioning-off-shared": ["dangerous"],
  "c-listener-port-dev": NOT_SAFE,
  "c-role-description-dev": NOT_DANGEROUS,
  "c-rotation-off-shared": NOT_SAFE,
  "cpu-memory-dev": NOT_DANGEROUS,
  "scaling-on-dev": NOT_DANGEROUS,
  "log-retention-shorter-dev": NOT_SAFE,
  "alarms-off-dev": ["dangerous"],
  "organization-dev": ["dangerous"],
  "name-deployrole-dev": NOT_SAFE,
  "build-image-shared": NOT_DANGEROUS,
  // While a release of two services is a canary: what CodeDeploy did is expected.
  "canary-nothing-dev": ["safe"],
  "canary-memory-dev": ["safe"],
  "canary-renamed-groups-dev": ["look"],
  "canary-health-path-dev": ["look"],
  "canary-second-host-dev": NOT_DANGEROUS,
  "canary-sixth-host-dev": ["dangerous"],
  "canary-path-root-dev": ["dangerous"],
  "canary-scaling-on-dev": NOT_DANGEROUS,
};

describe("the review of a real plan", () => {
  it.each(Object.entries(VERDICTS))("judges %s: %s", (name, verdicts) => {
    expect(verdicts).toContain(reviewOf(savedPlan(name)).verdict);
  });

  it("knows every plan of the fixtures", () => {
    expect(planNames().sort()).toEqual(Object.keys(VERDICTS).sort());
  });

  it("proves that a policy which is read again does not change, where the plan says which document it is", () => {
    for (const name of ["desired-count-dev", "protect-on-dev"]) {
      const plan = savedPlan(name);
      const sources = plan.resource_changes.filter(({ mode }) => mode === "data");
      const resources = plan.resource_changes
        .filter(({ type }) => type === "aws_iam_role_policy")
        .map(({ address }) => {
          const role = address.replace(/^[^.]+\./, "").replace(/_policy_\w+$/, "_");
          const source = sources.find((one) => one.address.includes(role))?.address ?? "";
          return { address, expressions: { policy: { references: [`${source}.json`, source] } } };
        });
      expect(resources.length).toBeGreaterThan(0);
      const review = reviewOf({ ...plan, configuration: { root_module: { resources } } });
      expect([name, review.verdict]).toEqual([name, "safe"]);
    }
  });
});
