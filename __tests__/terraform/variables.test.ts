import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformVariables } from "../../src/terraform/variables";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const home = () => join(folder.path, "home");
const place = () => join(folder.path, "own");
const variables = (env: NodeJS.ProcessEnv = {}) => terraformVariables(env, place(), home());

function mirror(): string {
  const path = join(folder.path, "mirror");
  mkdirSync(join(path, "registry.terraform.io", "hashicorp", "aws"), { recursive: true });
  return path;
}

describe("the variables for Terraform", () => {
  it("keep the files of Terraform and cdktf in one folder", () => {
    const { CDKTF_HOME, TF_PLUGIN_CACHE_DIR } = variables();
    expect([CDKTF_HOME, TF_PLUGIN_CACHE_DIR]).toEqual([
      join(place(), "cdktf"),
      join(place(), "plugin-cache"),
    ]);
  });

  it("lead to the mirror that the variable names", () => {
    const { TF_CLI_CONFIG_FILE = "" } = variables({ CODESERIES_PROVIDER_MIRROR: mirror() });
    expect(TF_CLI_CONFIG_FILE).toBe(join(place(), "terraform.rc"));
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toContain(`path    = "${mirror()}"`);
  });

  it("keep the user's CLI configuration unless a mirror is named", () => {
    mkdirSync(home());
    const own = join(home(), ".terraformrc");
    writeFileSync(own, "");
    expect(variables().TF_CLI_CONFIG_FILE).toBe(own);
    expect(variables({ TF_CLI_CONFIG_FILE: own }).TF_CLI_CONFIG_FILE).toBe(own);
    const ours = variables({ CODESERIES_PROVIDER_MIRROR: mirror() }).TF_CLI_CONFIG_FILE;
    expect(ours).toBe(join(place(), "terraform.rc"));
  });

  it("replace a CLI configuration that does not exist", () => {
    const { TF_CLI_CONFIG_FILE = "" } = variables({ TF_CLI_CONFIG_FILE: join(home(), "nothing") });
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toContain("disable_checkpoint = true");
  });

  it("do not mistake the file that they wrote earlier for the user's", () => {
    const env = { CODESERIES_PROVIDER_MIRROR: mirror() };
    const { TF_CLI_CONFIG_FILE = "" } = variables(env);
    writeFileSync(TF_CLI_CONFIG_FILE, "");
    expect(variables({ ...env, TF_CLI_CONFIG_FILE }).TF_CLI_CONFIG_FILE).toBe(TF_CLI_CONFIG_FILE);
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toContain("filesystem_mirror");
  });

  it("make garbage collections rare, unless the user has chosen", () => {
    expect(variables().GOGC).toBe("400");
    expect(variables({ GOGC: "50" }).GOGC).toBe("50");
  });

  it("keep the user's plugin cache", () => {
    expect(variables({ TF_PLUGIN_CACHE_DIR: "/cache" }).TF_PLUGIN_CACHE_DIR).toBe("/cache");
  });
});
