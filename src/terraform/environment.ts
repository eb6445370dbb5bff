import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { variable } from "../process/variable";
import { findProviderMirror, mirrorConfiguration } from "./provider-mirror";

const NO_MIRROR = "disable_checkpoint = true\n";

/** The CLI configuration that the user has; one that we wrote is none. */
function ownConfiguration(env: NodeJS.ProcessEnv, home: string, ours: string): string | undefined {
  const file = variable(env, "TF_CLI_CONFIG_FILE") ?? join(home, ".terraformrc");
  return file !== ours && existsSync(file) ? file : undefined;
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
    TF_PLUGIN_CACHE_DIR: variable(env, "TF_PLUGIN_CACHE_DIR") ?? place("plugin-cache"),
  };
  const ours = place("terraform.rc");
  const own = ownConfiguration(env, home, ours);
  if (own !== undefined && !env.CODESERIES_PROVIDER_MIRROR) return { ...quiet, TF_CLI_CONFIG_FILE: own };
  const mirror = findProviderMirror(env, home);
  if (mirror === undefined && !env.TF_CLI_CONFIG_FILE) return quiet;
  // A variable that points at nothing makes Terraform complain at each start.
  writeFileSync(ours, mirror === undefined ? NO_MIRROR : mirrorConfiguration(mirror));
  return { ...quiet, TF_CLI_CONFIG_FILE: ours };
}
