import { down } from "../local/down";
import { runningEmulator } from "../local/emulator/emulator";
import { localFile, localFolder, WORK_LOCK } from "../local/folder";
import { showLogs, status } from "../local/status";
import { up } from "../local/up";
import { conflictingVariables, embeddedVariables, exportLines } from "../local/variables";
import { exclusively } from "../process/exclusive";
import { Failure } from "../process/failure";
import { Interruption } from "../process/interruption";
import { Reporter, type Terminal } from "../process/reporter";
import { loadSystem } from "../system/load";
import { terraformVariables } from "../terraform/variables";
import { guardedAsync, optionsOf, UsageError } from "./command";
import { ExitCode, type Output } from "./output";
import { configFileOf, outdirOf } from "./places";
import { synthesizeConfiguration } from "./synth";

export const LOCAL_HELP = `Usage: npm run local [-- <command> [options]]

The whole system on an embedded AWS: the real Terraform and the real provider against moto, on this
machine. No account, no credentials; nothing is kept when it ends.

Commands:
  up         start it, deploy every stack, show what there is (also without a command)
               --recover     throw away what is there, and deploy anew
               --port <n>    listen on this port of 127.0.0.1 instead of a free one
  status     what runs, since when, where
  env        variables for a shell: eval "$(npm run --silent local -- env)"
  logs       what the embedded AWS and the deployment said
  down       end it

Environment:
  CODESERIES_CONFIG            the configuration file (codeseries.yaml)
  CDKTF_OUTDIR                 the output folder (cdktf.out)
  CODESERIES_LOCAL             the folder of all that belongs to it (.local)
  CODESERIES_PROVIDER_MIRROR   a folder with Terraform providers, instead of the registry

Exit codes: 0 done, 1 failed, 2 faulty configuration or usage, 130 interrupted.`;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  recover: { type: "boolean", default: false },
  port: { type: "string" },
} as const;

/** What a command of `npm run local` works with. */
interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly output: Output;
  readonly reporter: Reporter;
  readonly recover: boolean;
  readonly port: number | undefined;
}

const alone = <T>(work: () => Promise<T>) =>
  exclusively(localFile(WORK_LOCK), "npm run local or bootstrap", work);

const COMMANDS: Readonly<Record<string, (context: Context) => Promise<void> | void>> = {
  up: ({ env, output, reporter, recover, port }) =>
    alone(async () => {
      const { config, outdir } = synthesizeConfiguration(env);
      const interruption = new Interruption(reporter);
      const options = { config, outdir, env, progress: reporter, interruption, recover, port };
      output.err(await interruption.during(() => up(options)));
    }),
  status: ({ output }) => {
    output.out(status());
  },
  env: ({ env, output }) => {
    const emulator = runningEmulator();
    if (!emulator) throw new Failure("no embedded AWS is running: npm run local starts it");
    const { config } = loadSystem(configFileOf(env));
    const terraform = terraformVariables(env, localFolder());
    const others = conflictingVariables(env);
    if (others.length > 0) output.err(`unset these; they override the embedded AWS: ${others.join(" ")}`);
    output.out(exportLines(embeddedVariables(emulator, config.region, terraform)));
  },
  logs: ({ output }) => {
    showLogs((text) => {
      output.out(text);
    });
  },
  down: ({ env, reporter }) =>
    alone(async () => {
      reporter.note(await down(outdirOf(env)));
    }),
};

function portOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const port = Number(given);
  if (!/^\d+$/.test(given) || port < 1 || port > 65_535)
    throw new UsageError(`--port: expected a number from 1 to 65535, got "${given}"`);
  return port;
}

/** `npm run local`. */
export function localCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: Output,
  terminal: Terminal,
): Promise<ExitCode> {
  return guardedAsync(output, async () => {
    const { values, positionals } = optionsOf(
      { args: [...args], options: OPTIONS, allowPositionals: true },
      LOCAL_HELP,
    );
    if (values.help) {
      output.out(LOCAL_HELP);
      return ExitCode.done;
    }
    const [name = "up", ...rest] = positionals;
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command || rest.length > 0)
      throw new UsageError(`no such command: ${positionals.join(" ")}\n\n${LOCAL_HELP}`);
    const { recover, port } = values;
    if (name !== "up" && (recover || port !== undefined))
      throw new UsageError(`--recover and --port are options of up, not of ${name}`);
    await command({ env, output, reporter: new Reporter(terminal), recover, port: portOf(port) });
    return ExitCode.done;
  });
}
