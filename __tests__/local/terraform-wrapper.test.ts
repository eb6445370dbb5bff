import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { endRuns, TerraformWrapper } from "../../src/local/terraform-wrapper";
import { identify } from "../../src/process/process-identity";
import { Reporter } from "../../src/process/reporter";
import { temporaryFolder, writeProgram } from "../support/temporary-folder";

const folder = temporaryFolder();
const said: string[] = [];
const reporter = new Reporter({ write: (text) => said.push(text) });
beforeEach(() => {
  said.length = 0;
});

/** A Terraform that writes its state when it is told to stop, and takes a moment for it. */
const SLOW = `
trap 'sleep 0.3; echo written > "$STATE"; exit 1' INT
echo begun
while true; do sleep 0.05; done`;

function wrapper() {
  const bin = join(folder.path, "bin");
  mkdirSync(bin);
  writeProgram(join(bin, "terraform"), SLOW);
  const state = join(folder.path, "state");
  const env = { PATH: `${bin}:/bin:/usr/bin`, STATE: state };
  return { wrapped: new TerraformWrapper(join(folder.path, "runs")), env, state };
}

describe("Terraform as cdktf runs it", () => {
  it("is asked to stop once and waited for, though its terminal hangs up", async () => {
    const { wrapped, env, state } = wrapper();
    const run = spawn(wrapped.program, ["apply"], { env });
    await once(run.stdout, "data");
    run.kill("SIGHUP");
    await wait(50);
    expect(existsSync(state)).toBe(false);
    wrapped.interrupt();
    await wrapped.settle(reporter);
    expect(existsSync(state)).toBe(true);
    expect(said).toEqual(["cdktf has ended before Terraform; waiting for that to write its states ...\n"]);
  });

  it("is ended by those who come after a command that was killed, and another program is not", async () => {
    const { wrapped, env, state } = wrapper();
    const run = spawn(wrapped.program, ["apply"], { env });
    await once(run.stdout, "data");
    const runs = join(folder.path, "runs");
    const other = spawn("sleep", ["60"]);
    writeFileSync(join(runs, String(other.pid)), "");
    await endRuns(runs);
    expect(existsSync(state)).toBe(true);
    expect(identify(run.pid ?? 0)).toBeUndefined();
    expect(identify(other.pid ?? 0)).toBeDefined();
    other.kill();
  });

  it("does not begin once it has been told to stop", () => {
    const { wrapped, env } = wrapper();
    wrapped.interrupt();
    expect(spawnSync(wrapped.program, ["apply"], { env }).status).toBe(130);
  });

  it("has its errors read from its own log, by stack and resource", () => {
    const { wrapped, env } = wrapper();
    const log = 'time [ERROR] vertex "data.aws_vpc.a" error: no matching VPC';
    const noise = 'time [ERROR] vertex "data.aws_vpc.a (expand)" error: no matching VPC';
    const script = `printf '%s\\n' '${log}' '${noise}' > "$TF_LOG_PATH"; exit 1`;
    writeProgram(join(folder.path, "bin", "terraform"), script);
    mkdirSync(join(folder.path, "prd"));
    expect(spawnSync(wrapped.program, ["apply"], { env, cwd: join(folder.path, "prd") }).status).toBe(1);
    expect(wrapped.errors()).toEqual(["prd: Error: no matching VPC, with data.aws_vpc.a"]);
  });

  it("is no matter where none runs", async () => {
    await wrapper().wrapped.settle(reporter);
    expect(said).toEqual([]);
  });
});
