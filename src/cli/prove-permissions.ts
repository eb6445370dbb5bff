import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { EMBEDDED_OVERRIDE, reachableConfig } from "../local/overrides";
import { policiesOfStacks } from "../permissions";
import { stalePlaces } from "../synthesis/stale";
import type { StackFiles } from "../synthesis/stack-files";
import { loadSystem } from "../system/load";
import { systemOf } from "../system/system";
import { BOOTSTRAP_OVERRIDE, STACK_FILE } from "../terraform/stack-folder";
import { configFileOf, outdirOf } from "./paths";
import { stackFilesOf, stacksOf } from "./synth";

/** A system with its policies, from a new synthesis or from AWS, and where the output folder differs from it. */
export async function readPolicies(env: NodeJS.ProcessEnv, deployed: boolean) {
  const { config, system, warnings } = loadSystem(configFileOf(env));
  if (deployed) {
    // The AWS SDK takes long to load, so only --deployed does.
    const { policiesInAws } = await import("../permissions/read/aws");
    const policies = await policiesInAws(systemOf(reachableConfig(config, env.AWS_ENDPOINT_URL)));
    return { system, policies, warnings, stale: () => undefined };
  }
  const files = stackFilesOf(config);
  const policies = policiesOfStacks(stacksOf(files));
  return { system, policies, warnings, stale: () => staleIn(outdirOf(env), files) };
}

/** Files that our own commands write next to a stack during a deployment. */
const OWN_FILES = [EMBEDDED_OVERRIDE, BOOTSTRAP_OVERRIDE];

/** Where what Terraform reads in the output folder differs from the synthesis. */
function staleIn(outdir: string, files: StackFiles) {
  const synthesized = new Map(
    [...files]
      .filter(([file]) => basename(file) === STACK_FILE)
      .map(([file, text]) => [join(outdir, file), text]),
  );
  const folders = [...synthesized.keys()].map((file) => dirname(file)).filter((folder) => existsSync(folder));
  const found = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tf|tfvars)(\.json)?$/.test(entry.name))
      .filter(({ name }) => !OWN_FILES.includes(name))
      .map(({ name }): [string, string] => [join(folder, name), readFileSync(join(folder, name), "utf8")]),
  );
  return stalePlaces(synthesized, new Map(found));
}
