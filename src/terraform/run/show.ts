import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { Failure } from "../../errors";
import type { RunContext, Stack } from "./run";

/**
 * Writes the JSON of a saved plan to a file. It does not go through the log, because it contains secrets.
 *
 * @param plan The plan file, as an absolute path.
 * @throws Failure if Terraform cannot read the plan.
 */
export async function showPlan(
  { env, interruption }: RunContext,
  { folder, name }: Stack,
  plan: string,
  target: string,
): Promise<void> {
  interruption.check();
  const output = openSync(target, "w", 0o600);
  const stdio: ["ignore", number, "pipe"] = ["ignore", output, "pipe"];
  const child = spawn("terraform", ["show", "-json", plan], { cwd: folder, env, stdio });
  closeSync(output);
  const detach = interruption.attach(() => child.kill("SIGINT"));
  const errors = child.stderr === null ? "" : text(child.stderr);
  const exit = once(child, "exit") as Promise<[code: number | null]>;
  const [[code], shown] = await Promise.all([exit, errors]).finally(detach);
  interruption.check();
  if (code !== 0)
    throw new Failure(`${name}: terraform show failed with exit code ${String(code)}\n${shown}`);
}
