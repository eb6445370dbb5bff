import { BuildError } from "./build-error";
import { PHASES, type Buildspec, type PhaseName } from "./buildspec";

export interface PhaseResult {
  readonly name: PhaseName;
  readonly status: "SUCCEEDED" | "FAILED";
  /** Of a failed phase: what CodeBuild says about it. */
  readonly error?: BuildError;
}

export interface CommandRunner {
  run(command: string, env: NodeJS.ProcessEnv): Promise<number>;
}

/** Learns when a phase begins and ends. */
export interface PhaseObserver {
  begin(name: PhaseName): Promise<void>;
  end(result: PhaseResult): Promise<void>;
}

/**
 * Runs the phases: a command that fails ends its phase's commands, `finally` runs in any case, and
 * post_build runs after a failed build. `on-failure` changes what follows.
 *
 * @param signal Ends the phases: the command that runs is ended by its runner, and no other begins.
 */
export async function runPhases(
  { phases }: Buildspec,
  shell: CommandRunner,
  log: (text: string) => void,
  observer?: PhaseObserver,
  signal?: AbortSignal,
): Promise<PhaseResult[]> {
  const results: PhaseResult[] = [];
  const succeeding = () => results.every(({ status }) => status === "SUCCEEDED");
  for (const name of PHASES) {
    const { commands = [], finally: last = [], "on-failure": onFailure } = phases[name] ?? {};
    await observer?.begin(name);
    log(`[Container] Entering phase ${name.toUpperCase()}\n`);
    let error: BuildError | undefined;
    for (const list of [commands, last]) {
      const env = { CODEBUILD_BUILD_SUCCEEDING: succeeding() && error === undefined ? "1" : "0" };
      error = (await failureOf(list, shell, env, log, signal)) ?? error;
    }
    if (signal?.aborted) return results;
    const status = error === undefined ? "SUCCEEDED" : "FAILED";
    log(`[Container] Phase complete: ${name.toUpperCase()} State: ${status}\n`);
    log(`[Container] Phase context status code: ${error?.statusCode ?? ""} Message: ${error?.text ?? ""}\n`);
    results.push({ name, status, error });
    await observer?.end({ name, status, error });
    const goesOn = onFailure === "CONTINUE" || (onFailure === undefined && name === "build");
    if (error !== undefined && !goesOn) break;
  }
  return results;
}

async function failureOf(
  commands: readonly unknown[],
  shell: CommandRunner,
  env: NodeJS.ProcessEnv,
  log: (text: string) => void,
  signal?: AbortSignal,
): Promise<BuildError | undefined> {
  for (const command of commands.map(String)) {
    if (signal?.aborted) return undefined;
    log(`[Container] Running command ${command.trimEnd()}\n`);
    const code = await shell.run(command, env);
    if (code !== 0)
      return new BuildError(
        "COMMAND_EXECUTION_ERROR",
        `Error while executing command: ${command}. Reason: exit status ${code}`,
      );
  }
  return undefined;
}
