import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { embeddedOverride, reachableConfig } from "../../src/local/overrides";
import { identify } from "../../src/process/process-identity";
import { shippedYaml } from "../support/faults";
import { configOf } from "../support/synth-app";
import { temporaryFolder } from "../support/temporary-folder";

const backend = { bucket: "states", key: "codeseries/dev.tfstate" };
const stack = (provider: object, profile?: string) => ({
  provider: { aws: [{ allowed_account_ids: ["222222222222"] as const, ...provider }] },
  terraform: { backend: { s3: profile === undefined ? backend : { ...backend, profile } } },
});
const reached = [{ role_arn: "arn:aws:iam::222222222222:role/codeseries-embedded-aws" }];

describe("a stack in the embedded AWS", () => {
  it("needs no override if its account is the operator's, or has a role to assume", () => {
    expect(embeddedOverride(stack({}), "222222222222")).toBeUndefined();
    expect(embeddedOverride(stack({ assume_role: [{ role_arn: "arn" }] }), "111111111111")).toBeUndefined();
  });

  it("gets a role to assume in any other account", () => {
    expect(embeddedOverride(stack({}), "111111111111")).toEqual({
      provider: { aws: [{ assume_role: reached }] },
    });
  });

  it("has no profiles in its provider, its backend and the states that it reads", () => {
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

describe("the accounts of a configuration", () => {
  const folder = temporaryFolder();
  const config = {
    ...configOf(shippedYaml),
    accounts: {
      shared: { id: "111111111111", profile: "p" },
      dev: { id: "222222222222", profile: "p" },
      prd: { id: "333333333333", assumeRole: "terraform" },
    },
  };
  const url = "http://127.0.0.1:5000";
  beforeEach(() => {
    process.env.CODESERIES_LOCAL = folder.path;
    const operator = { accountId: "111111111111", accessKeyId: "AKIA", secretAccessKey: "secret" };
    const emulator = { ...identify(process.pid), url, since: "2026-01-01T00:00:00.000Z", operator };
    writeFileSync(join(folder.path, "emulator.json"), JSON.stringify(emulator));
  });
  afterEach(() => {
    delete process.env.CODESERIES_LOCAL;
  });

  it("get roles to assume in the embedded AWS, except the operator's", () => {
    expect(reachableConfig(config, url).accounts).toEqual({
      shared: { id: "111111111111" },
      dev: { id: "222222222222", assumeRole: "codeseries-embedded-aws" },
      prd: { id: "333333333333", assumeRole: "terraform" },
    });
  });

  it.each([undefined, "http://127.0.0.1:5001"])("are unchanged if the endpoint is %s", (endpoint) => {
    expect(reachableConfig(config, endpoint)).toBe(config);
  });
});
