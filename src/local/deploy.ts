import { createRequire } from "node:module";
import { Failure } from "../process/failure";
import { ErrorCollector } from "../terraform/errors";
import { readStackFile, resourceLabels, stackFolder } from "../terraform/stack-folder";
import { StackProgress } from "../terraform/stack-progress";
import { run, type Surroundings } from "../terraform/terraform";
import { stackLines } from "./cdktf-output";
import { localFile, TERRAFORM_RUNS } from "./folder";
import { TerraformWrapper } from "./terraform-wrapper";

const CDKTF = createRequire(__filename).resolve("cdktf-cli/bundle/bin/cdktf.js");

/**
 * `skip-provider-lock`: with a mirror, cdktf would ask the registry for every platform's checksums.
 * `parallelism`: where one of several stacks fails, cdktf breaks the others off, and what they were
 * making stands in no state.
 */
const OPTIONS = [
  "--skip-synth",
  "--skip-provider-lock",
  "--parallelism",
  "1",
  "--auto-approve",
  "--no-color",
];

/**
 * `cdktf deploy` of stacks that are synthesized; cdktf keeps their order.
 *
 * @throws Failure with Terraform's errors, where a stack fails.
 */
export async function deploy(
  surroundings: Surroundings,
  outdir: string,
  stacks: readonly string[],
): Promise<void> {
  const { reporter, log } = surroundings;
  const progress = new Map(
    stacks.map((stack) => [
      stack,
      new StackProgress(stack, resourceLabels(readStackFile(stackFolder(outdir, stack)))),
    ]),
  );
  const reported = new Set<StackProgress>();
  const lineOf = stackLines(stacks);
  const errors = new Map(stacks.map((stack) => [stack, new ErrorCollector()]));
  const wrapper = new TerraformWrapper(localFile(TERRAFORM_RUNS));
  const code = await run(surroundings, {
    program: process.execPath,
    env: { TERRAFORM_BINARY_NAME: wrapper.program },
    interrupt: () => {
      wrapper.interrupt();
    },
    args: [CDKTF, "deploy", ...stacks, ...OPTIONS, "--output", outdir],
    onLine: (raw) => {
      const line = lineOf(raw);
      if (!line) return;
      errors.get(line.stack)?.take(line.text);
      const stack = progress.get(line.stack);
      stack?.take(line.text);
      if (stack?.result === undefined || reported.has(stack)) return;
      reported.add(stack);
      reporter.say(stackSummary(stack));
    },
    status: () => {
      const underWay = [...progress.values()].filter((stack) => stack.isUnderWay);
      return underWay.length > 0 ? underWay.join("; ") : "initialising";
    },
  }).finally(() => wrapper.settle(reporter));
  if (code === 0) return;
  const said = [...errors]
    .filter(([, { text }]) => text !== "")
    .map(([stack, { text }]) => `${stack}: ${text}`);
  const why = said.length > 0 ? said : wrapper.errors();
  throw new Failure([`cdktf deploy failed; all it said is in ${log}`, ...why].join("\n"));
}

/** Such as `dev: 57 added, 0 changed, 0 destroyed in 1 min 23 s`. */
export const stackSummary = (stack: StackProgress) =>
  `${stack.stack}: ${stack.result ?? "done"} in ${stack.elapsed}`;
