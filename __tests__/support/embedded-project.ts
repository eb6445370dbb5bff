import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { startEmulator } from "../../src/local/emulator/emulator";
import { withOperator } from "../../src/local/emulator/operator";
import { freePort } from "../../src/local/emulator/port";
import { findPython } from "../../src/local/emulator/python";
import type { SharedProvider } from "./shared-provider/server";
import { shareProvider } from "./shared-provider/terraform";

const ROOT = join(__dirname, "..", "..");

const SHOWN_CHARACTERS = 1500;

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
  /** The exit code of a command that failed, and the end of what it wrote; empty if it succeeded. */
  readonly fault: string;
}

/** A running command. */
export interface RunningCommand {
  readonly pid: number;
  readonly ended: Promise<Outcome>;
  /** Waits until standard error matches. */
  shows(pattern: RegExp): Promise<void>;
}

/** A configuration and an embedded AWS in a folder of their own. */
export class EmbeddedProject {
  public readonly folder = mkdtempSync(join(tmpdir(), "codeseries-embedded-"));
  private readonly variables: NodeJS.ProcessEnv = {
    ...process.env,
    CODESERIES_LOCAL: join(this.folder, "local"),
    CDKTF_OUTDIR: join(this.folder, "out"),
    CODESERIES_CONFIG: join(this.folder, "codeseries.yaml"),
  };

  private readonly provider: SharedProvider;
  /** A path of programs with the Terraform that shares the provider. */
  private readonly shared: string;
  private interpreter: string | undefined;
  private shell: { readonly emulator: string; readonly env: NodeJS.ProcessEnv } | undefined;

  /** @param commands Whether their Terraform shares the provider, as that of `terraform` does. */
  constructor(commands: "shared" | "plain" = "shared") {
    const programs = this.file("programs");
    mkdirSync(programs);
    this.provider = shareProvider({ folder: this.folder, programs }, () => this.env());
    this.shared = `${programs}:${process.env.PATH ?? ""}`;
    if (commands === "shared") this.variables.PATH = this.shared;
  }

  public configure(config: unknown): void {
    writeFileSync(this.variables.CODESERIES_CONFIG ?? "", stringify(config));
  }

  /** Puts a folder of programs before the others. */
  public addToPath(folder: string): void {
    this.variables.PATH = `${folder}:${this.variables.PATH ?? ""}`;
  }

  public file(...path: string[]): string {
    return join(this.folder, ...path);
  }

  public text(...path: string[]): string {
    return readFileSync(this.file(...path), "utf8");
  }

  public begin(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
    const began = Date.now();
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...this.variables, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (piece: Buffer) => (out += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (err += piece.toString()));
    const ended = new Promise<Outcome>((resolve) => {
      child.on("close", (code) => {
        const end = `${out}${err}`.slice(-SHOWN_CHARACTERS);
        const fault = code === 0 ? "" : `exit code ${String(code)}: ${end}`;
        resolve({ code, out, err, seconds: (Date.now() - began) / 1000, fault });
      });
    });
    const shows = async (pattern: RegExp) => {
      while (!pattern.test(err)) {
        if (child.exitCode !== null) throw new Error(`ended without showing ${String(pattern)}:\n${err}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    return { pid: child.pid ?? 0, ended, shows };
  }

  /** `codeseries <args>` */
  public codeseries(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return this.begin(process.execPath, ["bin/codeseries.mjs", ...args], env);
  }

  /** `codeseries local <args>`. Without an engine nothing runs: most tests are about resources. */
  public local(...args: string[]): RunningCommand {
    const [command = "up"] = args;
    const starts = command === "up" || command.startsWith("--");
    const only = starts && !args.includes("--engine") ? ["--resources-only"] : [];
    return this.codeseries(["local", ...args, ...only]);
  }

  /** Starts an embedded AWS in which nothing exists but the user that deploys into an account. */
  public async startEmpty(account: string, region: string): Promise<void> {
    process.env.CODESERIES_LOCAL = this.variables.CODESERIES_LOCAL;
    const silent = { note: () => undefined, live: () => undefined, clear: () => undefined };
    mkdirSync(this.file("local"), { recursive: true });
    const emulator = await startEmulator(findPython(process.env, silent), await freePort(), process.env);
    await withOperator(emulator, account, region);
  }

  /** `codeseries synth`, in a shell with the variables of the embedded AWS. */
  public synth(): Promise<Outcome> {
    return this.codeseries(["synth"], this.env()).ended;
  }

  /** The variables that `codeseries local env` exports in a shell; they are the same until another AWS is started. */
  public env(): NodeJS.ProcessEnv {
    const emulator = this.text("local", "emulator.json");
    if (this.shell?.emulator !== emulator) this.shell = { emulator, env: this.exported() };
    return this.shell.env;
  }

  private exported(): NodeJS.ProcessEnv {
    const script = 'eval "$(node bin/codeseries.mjs local env)" && env -0';
    const { stdout } = spawnSync("bash", ["-c", script], {
      cwd: ROOT,
      env: this.variables,
      encoding: "utf8",
    });
    const lines = stdout.split("\0").filter((line) => line !== "");
    const entries = lines.map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]);
    return Object.fromEntries(entries) as NodeJS.ProcessEnv;
  }

  /** `codeseries bootstrap`, in a shell with the variables of the embedded AWS. */
  public bootstrap(env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return this.codeseries(["bootstrap"], { ...this.env(), ...env }).ended;
  }

  /** `codeseries permissions`, in a shell with the variables of the embedded AWS. */
  public permissions(...args: string[]): Promise<Outcome> {
    return this.codeseries(["permissions", ...args], this.env()).ended;
  }

  /** `terraform` in a stack's folder, in a shell with the variables of the embedded AWS, with the shared provider. */
  public terraform(stack: string, ...args: string[]): Promise<Outcome> {
    const folder = this.file("out", "stacks", stack);
    return this.begin("terraform", [`-chdir=${folder}`, ...args], { ...this.env(), PATH: this.shared }).ended;
  }

  /** `npx cdktf`, in a shell with the variables of the embedded AWS. */
  public cdktf(...args: string[]): Promise<Outcome> {
    const output = ["--output", this.file("out"), "--no-color"];
    return this.begin("npx", ["cdktf", ...args, ...output], this.env()).ended;
  }

  /** A call of the embedded AWS's API, as the operator or in an account by an assumed role. */
  public aws(account: string | undefined, service: string, operation: string, parameters = {}): unknown {
    const args = ["__tests__/support/boto.py", this.folder, service, operation, JSON.stringify(parameters)];
    if (account !== undefined) args.push(account);
    const options = { cwd: ROOT, env: this.env(), encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(this.python(), args, options);
    if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1));
    return JSON.parse(stdout);
  }

  /** A Python with boto3, itself: what a version manager puts in its place takes longer than a call. */
  private python(): string {
    const own = this.file("local", "venv", "bin", "python3");
    if (existsSync(own)) return own;
    const itself = ["-c", "import sys; print(sys.executable)"];
    return (this.interpreter ??= spawnSync("python3", itself, { encoding: "utf8" }).stdout.trim());
  }

  /** @throws Error if the embedded AWS answered 500: a client may have repeated what had been carried out. */
  public async end(): Promise<void> {
    await this.local("down").ended;
    this.provider.end();
    const log = this.file("local", "emulator.log");
    const written = existsSync(log) ? readFileSync(log, "utf8") : "";
    rmSync(this.folder, { recursive: true });
    if (written.includes("Traceback")) throw new Error(written.slice(-SHOWN_CHARACTERS));
  }
}
