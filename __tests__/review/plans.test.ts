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
  // Plan JSON of a canary is that of a rollback: tasks are in blue, and weights are not in it.
  "canary-sixth-host-dev": ["look"],
  "canary-path-root-dev": ["dangerous"],
  "canary-scaling-on-dev": NOT_DANGEROUS,
  // After the release of `orders` was rolled back, while one of `reports` is a canary.
  "rolled-back-nothing-dev": ["safe"],
  "rolled-back-memory-dev": ["safe"],
  "rolled-back-second-host-dev": ["look"],
  // A rule more: blue is live again.
  "rolled-back-sixth-host-dev": ["look"],
  // After a release of both: green is live.
  "released-nothing-dev": ["safe"],
  "released-memory-dev": ["safe"],
  "released-second-host-dev": ["look"],
  "released-sixth-host-dev": ["dangerous"],
  "released-away-from-root-dev": ["dangerous"],
  "released-scaling-off-dev": ["look"],
  // Operators may pass the roles that the plan creates.
  "released-second-service-dev": ["look"],
};

describe("the review of a real plan", () => {
  it.each(Object.entries(VERDICTS))("judges %s: %s", (name, verdicts) => {
    expect(verdicts).toContain(reviewOf(savedPlan(name)).verdict);
  });

  it("calls a right to pass the new service's roles dangerous if they exist already", () => {
    const plan = savedPlan("released-second-service-dev");
    const without = plan.resource_changes.filter(({ type }) => type !== "aws_iam_role");
    const review = reviewOf({ ...plan, resource_changes: without });
    const dangerous = review.changes.filter(({ verdict }) => verdict === "dangerous");
    expect(dangerous.map(({ address }) => address.replace(/_\w{8}$/, ""))).toContain(
      "aws_iam_policy.operators_acme-dev-iam-operators_policy",
    );
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
