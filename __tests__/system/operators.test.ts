import { shippedYaml } from "../support/faults";
import { systemFile, systemOfYaml } from "../support/synth-app";

const service = (index: number) =>
  `  service-${index}:\n    port: 8080\n    path: /path-${index}\n    healthCheckPath: /health\n`;

describe("the operators' policies of a system", () => {
  it("are two for each environment, in the accounts where they act", () => {
    const { operatorPolicies } = systemFile("codeseries.yaml");
    expect(operatorPolicies.map(({ arn }) => arn)).toEqual([
      "arn:aws:iam::202949997891:policy/bys-shared-iam-dev-operators",
      "arn:aws:iam::558846431111:policy/bys-dev-iam-operators",
    ]);
  });

  it("are divided when IAM would refuse one as too long", () => {
    const many = Array.from({ length: 30 }, (_, index) => service(index)).join("");
    const { deliveries, operatorPolicies } = systemOfYaml(`${shippedYaml}${many}`);
    for (const on of ["pipelines", "deployments"] as const) {
      const own = operatorPolicies.filter((policy) => policy.on === on);
      expect(own.length).toBeGreaterThan(1);
      expect(own[1]?.name).toBe(`${own[0]?.name ?? ""}-2`);
      expect(own.flatMap((policy) => policy.deliveries)).toEqual(deliveries);
    }
  });
});
