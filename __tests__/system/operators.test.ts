import { edit, shippedYaml } from "../support/faults";
import { configOf, synthApp, systemFile, systemOfYaml } from "../support/synth-app";

const service = (index: number) =>
  `  service-${index}:\n    port: 8080\n    path: /path-${index}\n    priority: ${index + 1}\n    healthCheckPath: /health\n`;

const many = Array.from({ length: 30 }, (_, index) => service(index)).join("");
const approved = edit(shippedYaml, ["cluster: main", "cluster: main\n    approval: true"]);

describe("the policies for people of a system", () => {
  it("are four for each environment, in the accounts where they act", () => {
    const { operatorPolicies } = systemFile("codeseries.yaml");
    expect(operatorPolicies.map(({ arn }) => arn)).toEqual([
      "arn:aws:iam::202949997891:policy/bys-shared-iam-dev-readers",
      "arn:aws:iam::202949997891:policy/bys-shared-iam-dev-operators",
      "arn:aws:iam::558846431111:policy/bys-dev-iam-readers",
      "arn:aws:iam::558846431111:policy/bys-dev-iam-operators",
    ]);
  });

  it("are divided when IAM would refuse one as too long", () => {
    const { deliveries, operatorPolicies } = systemOfYaml(`${shippedYaml}${many}`);
    for (const on of ["pipelines", "deployments"] as const)
      for (const whose of ["readers", "operators"] as const) {
        const own = operatorPolicies.filter((policy) => policy.on === on && policy.whose === whose);
        expect(own.length).toBeGreaterThan(1);
        expect(own[1]?.name).toBe(`${own[0]?.name ?? ""}-2`);
        expect(own.flatMap((policy) => policy.deliveries)).toEqual(deliveries);
      }
  });

  it("fit into IAM's 6,144 characters, with long names and an approval", () => {
    const long = many.replaceAll("service-", "a-service-with-quite-a-long-name-");
    const stacks = Object.values(synthApp(configOf(`${approved}${long}`)));
    const policies = stacks.flatMap(({ resource }) => Object.values(resource?.aws_iam_policy ?? {}));
    const sizes = policies.map(({ policy }) => String(policy).length);
    expect(sizes.length).toBeGreaterThan(12);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6_144);
    // They are filled, because a role has ten managed policies.
    expect(Math.max(...sizes)).toBeGreaterThan(5_000);
  });
});
