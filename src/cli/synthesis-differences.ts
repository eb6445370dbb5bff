import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stacks } from "../access/evidence/synthesis";
import type { StackDifference } from "../access/report/report";
import { differences } from "../access/wiring/difference";
import type { Config } from "../config/schema";
import { EMBEDDED_OVERRIDE } from "../local/overrides";
import { BOOTSTRAP_OVERRIDE } from "../terraform/bootstrap";
import { STACK_FILE, stackFolder } from "../terraform/stack-folder";
import { stackFilesOf } from "./synth";

/**
 * Where stacks are not what the configuration makes of them: changed by hand, or left from before the
 * configuration was. What Terraform would read beside them is such a place too.
 */
export function synthesisDifferences(config: Config, outdir: string, stacks: Stacks): StackDifference[] {
  const fresh = stackFilesOf(config);
  return Object.entries(stacks).flatMap(([stack, got]) => {
    const expected: unknown = JSON.parse(fresh.get(join(stackFolder("", stack), STACK_FILE)) ?? "{}");
    return [
      ...differences(expected, got).map((difference) => ({ stack, ...difference })),
      ...strayFiles(stackFolder(outdir, stack)).map((path) => ({
        stack,
        path,
        expected: "nothing",
        got: "a file that Terraform reads too",
      })),
    ];
  });
}

/** The stack itself, and what our own commands put beside it for a while. */
const OWN_FILES = [STACK_FILE, EMBEDDED_OVERRIDE, BOOTSTRAP_OVERRIDE];

const strayFiles = (folder: string) =>
  readdirSync(folder).filter((file) => /\.(tf|tfvars)(\.json)?$/.test(file) && !OWN_FILES.includes(file));
