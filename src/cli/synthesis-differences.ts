import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StackDifference } from "../access/report/report";
import type { Stacks } from "../access/evidence/synthesis";
import { differences } from "../access/wiring/difference";
import { buildApp } from "../app";
import type { Config } from "../config/schema";
import { EMBEDDED_OVERRIDE } from "../local/redirect";
import { BOOTSTRAP_OVERRIDE } from "../terraform/bootstrap";
import { stackFolder } from "../terraform/stack-folder";
import { synthesize } from "./stack-files";

/**
 * Where stacks are not what the configuration makes of them: changed by hand, or left from before the
 * configuration was. What Terraform would read beside them is such a place too.
 */
export function synthesisDifferences(config: Config, outdir: string, stacks: Stacks): StackDifference[] {
  const fresh = synthesize((app) => {
    buildApp(app, config);
  });
  return Object.entries(stacks).flatMap(([stack, got]) => {
    const file = join(stackFolder("", stack), "cdk.tf.json");
    const expected: unknown = JSON.parse(fresh.get(file) ?? "{}");
    return [
      ...differences(expected, got).map((difference) => ({ stack, ...difference })),
      ...strayFiles(dirname(join(outdir, file))).map((path) => ({
        stack,
        path,
        expected: "nothing",
        got: "a file that Terraform reads too",
      })),
    ];
  });
}

/** What our own commands put there for a while. */
const OVERRIDES = [EMBEDDED_OVERRIDE, BOOTSTRAP_OVERRIDE];

const strayFiles = (folder: string) =>
  readdirSync(folder).filter(
    (file) =>
      /\.(tf|tf\.json|tfvars|tfvars\.json)$/.test(file) && ![...OVERRIDES, "cdk.tf.json"].includes(file),
  );
