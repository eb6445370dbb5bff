import { runCommand } from "../../src/cli/run";

/** Runs `codeseries` in this process. `env` is all of its environment. */
export async function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const written = { out: "", err: "" };
  const code = await runCommand(args, {
    env,
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  });
  return { code, out: written.out.trimEnd(), err: written.err.trimEnd() };
}
