import { PHASES, type Buildspec, type PhaseName } from "./buildspec";

export interface PhaseResult {
  readonly name: PhaseName;
  readonly status: "SUCCEEDED" | "FAILED";
  /** Of a failed phase: what CodeBuild says about it. */
  readonly message?: string;
}

export interface CommandRunner {
  run(command: string, env: NodeJS.ProcessEnv): Promise<number>;
}

/**
 * Runs the phases: a command that fails ends its phase's commands, `finally` runs in any case, and
 * post_build runs after a failed build. `on-failure` changes what follows.
 */
export async function runPhases(
  { phases }: Buildspec,
  shell: CommandRunner,
  log: (text: string) => void,
): Promise<PhaseResult[]> {
  const results: PhaseResult[] = [];
  const succeeding = () => results.every(({ status }) => status === "SUCCEEDED");
  for (const name of PHASES) {
    const { commands = [], finally: last = [], "on-failure": onFailure } = phases[name] ?? {};
    log(`[Container] Entering phase ${name.toUpperCase()}\n`);
    let message: string | undefined;
    for (const list of [commands, last]) {
      const env = { CODEBUILD_BUILD_SUCCEEDING: succeeding() && message === undefined ? "1" : "0" };
      message = (await failureOf(list, shell, env, log)) ?? message;
    }
    const status = message === undefined ? "SUCCEEDED" : "FAILED";
    log(`[Container] Phase complete: ${name.toUpperCase()} State: ${status}\n`);
    results.push({ name, status, message });
    const goesOn = onFailure === "CONTINUE" || (onFailure === undefined && name === "build");
    if (message !== undefined && !goesOn) break;
  }
  return results;
}

async function failureOf(
  commands: readonly unknown[],
  shell: CommandRunner,
  env: NodeJS.ProcessEnv,
  log: (text: string) => void,
): Promise<string | undefined> {
  for (const command of commands.map(String)) {
    log(`[Container] Running command ${command}\n`);
    const code = await shell.run(command, env);
    if (code !== 0)
      return `COMMAND_EXECUTION_ERROR: Error while executing command: ${command}. Reason: exit status ${code}`;
  }
  return undefined;
}
