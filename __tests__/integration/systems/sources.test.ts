import { changed, changedPolicy, failuresOf, provableSystem } from "../../support/proof";
import { policiesOfStacks } from "../../../src/permissions";

const { policies, stacks, system } = provableSystem("__tests__/fixtures/sources.yaml");

describe("a system with every kind of source", () => {
  it("is proven", async () => {
    expect(await failuresOf(system, policies)).toEqual([]);
  });

  it.each([
    ["a branch is missing", '"refs/heads/main"', '"refs/heads/other"'],
    ["a push is missing", '"codecommit:GitPush","codecommit:DeleteBranch"', '"codecommit:DeleteBranch"'],
    ["a merge is denied too", '"codecommit:DeleteBranch"', '"codecommit:MergePullRequestBySquash"'],
    [
      "a push without a branch is denied too",
      '"Null":{"codecommit:References":"false"}',
      '"Null":{"codecommit:References":"true"}',
    ],
  ])("is not proven if developers' branches are protected in another way: %s", async (_, part, by) => {
    const managed = changed(policies.managed, part, by);
    expect(await failuresOf(system, { ...policies, managed })).not.toEqual([]);
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
