import { changedPolicy, failuresOf, provableSystem } from "../../support/proof";
import { policiesOfStacks } from "../../../src/permissions";

const { policies, stacks, system } = provableSystem("__tests__/fixtures/sources.yaml");

describe("a system with every kind of source", () => {
  it("is proven", async () => {
    expect(await failuresOf(system, policies)).toEqual([]);
  });

  it("is not proven without the right to clone a repository", async () => {
    const failures = await failuresOf(
      system,
      policiesOfStacks(
        changedPolicy(stacks, '"codecommit:GitPull","Resource"', '"codecommit:GetBranch","Resource"'),
      ),
    );
    expect(JSON.stringify(failures)).toContain("clone the source");
  });
});
