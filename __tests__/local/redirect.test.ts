import { embeddedOverride } from "../../src/local/redirect";

const backend = { bucket: "states", key: "codeseries/dev.tfstate" };
const stack = (provider: object, profile?: string) => ({
  provider: { aws: [{ allowed_account_ids: ["222222222222"] as const, ...provider }] },
  terraform: { backend: { s3: profile === undefined ? backend : { ...backend, profile } } },
});
const reached = [{ role_arn: "arn:aws:iam::222222222222:role/codeseries-embedded-aws" }];

describe("a stack in the embedded AWS", () => {
  it("is as it is where its account is the operator's own, or has a role", () => {
    expect(embeddedOverride(stack({}), "222222222222")).toBeUndefined();
    expect(embeddedOverride(stack({ assume_role: [{ role_arn: "arn" }] }), "111111111111")).toBeUndefined();
  });

  it("is reached by a role where nothing else leads to its account", () => {
    expect(embeddedOverride(stack({}), "111111111111")).toEqual({
      provider: { aws: [{ assume_role: reached }] },
    });
  });

  it("has no profiles: not its provider, not its state, not the states that it reads", () => {
    const states = {
      terraform_remote_state: { dev: { config: { key: "a", profile: "p" } }, stg: { config: {} } },
    };
    const withProfiles = { ...stack({ profile: "p" }, "p"), data: states };
    expect(embeddedOverride(withProfiles, "111111111111")).toEqual({
      provider: { aws: [{ assume_role: reached, profile: null }] },
      terraform: { backend: { s3: backend } },
      data: { terraform_remote_state: { dev: { config: { key: "a" } } } },
    });
  });
});
