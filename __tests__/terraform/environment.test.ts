import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformEnvironment } from "../../src/terraform/environment";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const home = () => join(folder.path, "home");
const place = () => join(folder.path, "own");
const variables = (env: NodeJS.ProcessEnv = {}) => terraformEnvironment(env, place(), home());

function mirror(): string {
  const path = join(folder.path, "mirror");
  mkdirSync(join(path, "registry.terraform.io", "hashicorp", "aws"), { recursive: true });
  return path;
}

describe("Terraform's surroundings", () => {
  it("keep what Terraform and cdktf write in one folder", () => {
    const { CDKTF_HOME, TF_PLUGIN_CACHE_DIR } = variables();
    expect([CDKTF_HOME, TF_PLUGIN_CACHE_DIR]).toEqual([
      join(place(), "cdktf"),
      join(place(), "plugin-cache"),
    ]);
  });

  it("lead to a mirror that is named", () => {
    const { TF_CLI_CONFIG_FILE = "" } = variables({ CODESERIES_PROVIDER_MIRROR: mirror() });
    expect(TF_CLI_CONFIG_FILE).toBe(join(place(), "terraform.rc"));
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toContain(`path    = "${mirror()}"`);
  });

  it("leave a configuration of the user's own alone, unless a mirror is named", () => {
    mkdirSync(home());
    const own = join(home(), ".terraformrc");
    writeFileSync(own, "");
    expect(variables().TF_CLI_CONFIG_FILE).toBe(own);
    expect(variables({ TF_CLI_CONFIG_FILE: own }).TF_CLI_CONFIG_FILE).toBe(own);
    const ours = variables({ CODESERIES_PROVIDER_MIRROR: mirror() }).TF_CLI_CONFIG_FILE;
    expect(ours).toBe(join(place(), "terraform.rc"));
  });

  it("mend a variable that points at nothing", () => {
    const { TF_CLI_CONFIG_FILE = "" } = variables({ TF_CLI_CONFIG_FILE: join(home(), "nothing") });
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toContain("disable_checkpoint = true");
  });

  it("take the file that they wrote themselves for none of the user's", () => {
    const env = { CODESERIES_PROVIDER_MIRROR: mirror() };
    const { TF_CLI_CONFIG_FILE = "" } = variables(env);
    writeFileSync(TF_CLI_CONFIG_FILE, "");
    expect(variables({ ...env, TF_CLI_CONFIG_FILE }).TF_CLI_CONFIG_FILE).toBe(TF_CLI_CONFIG_FILE);
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toContain("filesystem_mirror");
  });

  it("keep a plugin cache that the user has", () => {
    expect(variables({ TF_PLUGIN_CACHE_DIR: "/cache" }).TF_PLUGIN_CACHE_DIR).toBe("/cache");
  });
});
