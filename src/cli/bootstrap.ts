import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { localFile, localFolder, WORK_LOCK } from "../local/folder";
import { hasOverrides, reachableConfig, removeOverrides } from "../local/overrides";
import { exclusively } from "../process/exclusive";
import { Interruption } from "../process/interruption";
import { Reporter, type Terminal } from "../process/reporter";
import { bootstrap } from "../terraform/bootstrap";
import { LiveLine } from "../terraform/live-line";
import { requireTerraform } from "../terraform/program";
import { stackFolder } from "../terraform/stack-folder";
import { terraformVariables } from "../terraform/variables";
import { guardedAsync, optionsOf } from "./command";
import { ExitCode, type Output } from "./output";
import { synthesizeConfiguration } from "./synth";

export const BOOTSTRAP_HELP = `Usage: npm run bootstrap [-- --help]

Makes the state bucket in the shared account, or adopts the one that is there, and keeps the state of
the stack "bootstrap" in it. A second run changes nothing. An adopted bucket gets the stack's settings:
versioning, encryption, no public access, TLS only, and these lifecycle rules in place of its own.

Environment: CODESERIES_CONFIG and CDKTF_OUTDIR as for npm run synth; credentials as Terraform takes them.

Exit codes: 0 done, 1 failed, 2 faulty configuration or usage, 130 interrupted.`;

/** `npm run bootstrap`. */
export function bootstrapCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: Output,
  terminal: Terminal,
): Promise<ExitCode> {
  return guardedAsync(output, async () => {
    const options = { help: { type: "boolean", short: "h" } } as const;
    if (optionsOf({ args: [...args], options }, BOOTSTRAP_HELP).values.help) {
      output.out(BOOTSTRAP_HELP);
      return ExitCode.done;
    }
    const { config, outdir } = synthesizeConfiguration(env);
    Object.assign(env, terraformVariables(env, localFolder()));
    requireTerraform(env);
    const reporter = new Reporter(terminal);
    const reachable = reachableConfig(config, env.AWS_ENDPOINT_URL);
    const interruption = new Interruption(reporter);
    const log = localFile("bootstrap.log");
    const { result } = await exclusively(localFile(WORK_LOCK), "npm run local or bootstrap", () => {
      // What leads to the embedded AWS must not lead there from a real one.
      if (reachable === config && hasOverrides(outdir)) removeOverrides(outdir);
      writeFileSync(log, "");
      const localState = resolve(stackFolder(outdir, "bootstrap"), "terraform.tfstate");
      const live = new LiveLine(reporter);
      const context = { env, progress: reporter, live, interruption, log, runs: localFile("bootstrap-runs") };
      return interruption.during(() => bootstrap(context, { config: reachable, outdir, localState }));
    });
    reporter.note(`State bucket ${config.state.bucket}: ${result}`);
    return ExitCode.done;
  });
}
