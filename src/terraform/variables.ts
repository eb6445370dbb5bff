import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { variable } from "../process/variable";
import { findProviderMirror, mirrorConfiguration } from "./provider-mirror";

/**
 * Variables for Terraform and cdktf in addition to those of the environment: where providers come from,
 * no prompts, no version checks, and no files outside `folder`.
 */
export function terraformVariables(
  env: NodeJS.ProcessEnv,
  folder: string,
  home = homedir(),
): Record<string, string> {
  const path = (name: string) => resolve(folder, name);
  mkdirSync(path("plugin-cache"), { recursive: true });
  const common = {
    CI: "1",
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    CDKTF_HOME: path("cdktf"),
    TF_IN_AUTOMATION: "1",
    TF_PLUGIN_CACHE_DIR: variable(env, "TF_PLUGIN_CACHE_DIR") ?? path("plugin-cache"),
    // Without it every stack downloads the provider, because synthesized stacks have no lock file at first.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true",
    // Each start decodes the provider's schema. With fewer garbage collections, terraform validate takes a quarter
    // less processor time and a tenth more memory.
    GOGC: variable(env, "GOGC") ?? "400",
  };
  const ours = path("terraform.rc");
  const own = variable(env, "TF_CLI_CONFIG_FILE") ?? join(home, ".terraformrc");
  // An earlier command may have written the file that the variable names.
  const isUsers = own !== ours && existsSync(own);
  if (isUsers && !env.CODESERIES_PROVIDER_MIRROR) return { ...common, TF_CLI_CONFIG_FILE: own };
  const mirror = findProviderMirror(env, home);
  if (mirror === undefined && !env.TF_CLI_CONFIG_FILE) return common;
  // If the variable names a file that does not exist, Terraform reports an error at each start.
  writeFileSync(ours, mirror === undefined ? "disable_checkpoint = true\n" : mirrorConfiguration(mirror));
  return { ...common, TF_CLI_CONFIG_FILE: ours };
}
