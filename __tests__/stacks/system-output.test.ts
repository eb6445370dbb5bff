import { configFile, synthApp } from "../support/synth-app";

const stacks = synthApp(configFile("codeseries.yaml"));

describe("every stack", () => {
  it("has its state under the organization", () => {
    for (const [name, { terraform }] of Object.entries(stacks))
      expect(terraform.backend.s3).toMatchObject({ key: `codeseries/bys/${name}.tfstate` });
  });

  it("says in an output which system it is of", () => {
    const record = {
      organization: "bys",
      region: "ap-northeast-2",
      accounts: { shared: "202949997891", dev: "558846431111" },
      clusters: { dev: "bys-dev-ecs-main" },
      services: ["awssdk-iam"],
    };
    expect(stacks.dev?.output?.system).toEqual({ value: record });
    expect(stacks.shared?.output?.system).toEqual({ value: record });
    expect(stacks.bootstrap?.output?.system).toEqual({
      value: { ...record, accounts: { shared: "202949997891" }, clusters: {}, services: [] },
    });
  });
});
