import { systemFile } from "../support/synth-app";
import { systemWith } from "../support/delivery";

const promoted = ({ promotions }: ReturnType<typeof systemWith>) =>
  promotions.map(({ deliveries, environment }) => [
    environment.name,
    deliveries.map(({ service }) => service.name),
  ]);

describe("promotions", () => {
  it("go to every environment of a service that has several", () => {
    expect(promoted(systemWith())).toEqual([
      ["dev", ["web"]],
      ["prd", ["web"]],
    ]);
  });

  it("are impossible with one environment: no role is made", () => {
    const system = systemFile("codeseries.yaml");
    expect(promoted(system)).toEqual([]);
    expect(system.operatorPolicies.filter(({ promotes }) => promotes)).toEqual([]);
    expect(promoted(systemWith({ environments: { prd: false } }))).toEqual([]);
  });

  it("are made by operators of deployments alone", () => {
    const { operatorPolicies } = systemWith();
    expect(operatorPolicies.filter(({ promotes }) => promotes).map(({ name }) => name)).toEqual([
      "acme-dev-iam-operators",
      "acme-prd-iam-operators",
    ]);
  });
});
