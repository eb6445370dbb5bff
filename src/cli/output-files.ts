import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { EMBEDDED_OVERRIDE } from "../local/overrides";
import type { Stacks } from "../synthesis/synthesized";
import { BOOTSTRAP_OVERRIDE } from "../terraform/bootstrap";
import { STACK_FILE } from "../terraform/stack-folder";
import type { StackFiles } from "../synthesis/stack-files";

/** The stacks of a synthesis, by name. */
export const stacksOf = (files: StackFiles): Stacks =>
  Object.fromEntries(
    stackFilesIn(files).map(([file, text]) => [basename(dirname(file)), JSON.parse(text) as Stacks[string]]),
  );

/** Files that our own commands write next to a stack during a deployment. */
const OWN_FILES = [EMBEDDED_OVERRIDE, BOOTSTRAP_OVERRIDE];

/** What Terraform reads in the folders of a synthesis: as synthesized, and as found in the output folder. */
export function terraformFiles(
  outdir: string,
  files: StackFiles,
): Record<"synthesized" | "found", StackFiles> {
  const synthesized = new Map(stackFilesIn(files).map(([file, text]) => [join(outdir, file), text]));
  const folders = [...synthesized.keys()].map((file) => dirname(file)).filter((folder) => existsSync(folder));
  const found = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter(
        (file) =>
          file.isFile() && /\.(tf|tfvars)(\.json)?$/.test(file.name) && !OWN_FILES.includes(file.name),
      )
      .map(({ name }): [string, string] => [join(folder, name), readFileSync(join(folder, name), "utf8")]),
  );
  return { synthesized, found: new Map(found) };
}

const stackFilesIn = (files: StackFiles) => [...files].filter(([file]) => basename(file) === STACK_FILE);
