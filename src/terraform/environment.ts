import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { findProviderMirror, mirrorConfiguration } from "./provider-mirror";

const NO_MIRROR = "disable_checkpoint = true\n";

/** A CLI configuration of the user's own says where providers come from: it stands. */
function hasOwnConfiguration(env: NodeJS.ProcessEnv, home: string): boolean {
  const file = env.TF_CLI_CONFIG_FILE;
  return existsSync(file ?? join(home, ".terraformrc"));
}

/** Text of the Terraform CLI configuration to use; nothing: what the user has will do. */
function cliConfiguration(env: NodeJS.ProcessEnv, home: string): string | undefined {
  if (env.CODESERIES_PROVIDER_MIRROR === undefined && hasOwnConfiguration(env, home)) return undefined;
  const mirror = findProviderMirror(env, home);
  if (mirror !== undefined) return mirrorConfiguration(mirror);
  // A variable that points at nothing makes Terraform complain at each start.
  return env.TF_CLI_CONFIG_FILE === undefined ? undefined : NO_MIRROR;
}

/**
 * Variables for Terraform and cdktf, beside those of the surroundings: where providers come from, no
 * questions asked of a person or of HashiCorp, and nothing written outside `folder`.
 */
export function terraformEnvironment(
  env: NodeJS.ProcessEnv,
  folder: string,
  home = homedir(),
): Record<string, string> {
  const place = (name: string) => resolve(folder, name);
  mkdirSync(place("plugin-cache"), { recursive: true });
  const quiet = {
    CI: "1",
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    CDKTF_HOME: place("cdktf"),
    TF_IN_AUTOMATION: "1",
    TF_PLUGIN_CACHE_DIR: env.TF_PLUGIN_CACHE_DIR ?? place("plugin-cache"),
  };
  const configuration = cliConfiguration(env, home);
  if (configuration === undefined) return quiet;
  const file = place("terraform.rc");
  writeFileSync(file, configuration);
  return { ...quiet, TF_CLI_CONFIG_FILE: file };
}
