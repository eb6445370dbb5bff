import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { differences } from "./differences";
import { FlatStack } from "./flat-stack";
import { Stopwatch } from "./measurement";
import { crossStackReferences, planStack } from "./plan";
import { countBlocks, readStacks } from "./stack-json";

/**
 * A process of its own: a plain cdktf app with the resources and references of our synthesized
 * stacks. The plan is made before the clock starts, and the comparison after it has stopped.
 */
const [oursDir = ""] = process.argv.slice(2);
const outdir = mkdtempSync(join(tmpdir(), "codeseries-bench-"));

function plan() {
  const stacks = readStacks(oursDir);
  return {
    crossStack: crossStackReferences(stacks),
    stacks: [...stacks].map(([name, stack]) => planStack(name, stack)),
  };
}

try {
  const { crossStack, stacks } = plan();

  const stopwatch = new Stopwatch();
  const app = new App({ outdir });
  const flat: FlatStack[] = [];
  for (const stack of stacks) flat.push(new FlatStack(app, stack, crossStack, [...flat]));
  stopwatch.mark("construct");
  app.synth();
  stopwatch.mark("synth");
  const measurement = stopwatch.measurement();

  const ours = readStacks(oursDir);
  const found = differences(Object.fromEntries(ours), Object.fromEntries(readStacks(outdir)));
  const result = { measurement, resources: countBlocks(ours.values()), differences: found };
  process.stdout.write(JSON.stringify(result));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
