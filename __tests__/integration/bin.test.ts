import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shippedYaml } from "../support/faults";
import { temporaryFolder } from "../support/temporary-folder";

const root = join(__dirname, "..", "..");
const bin = join(root, "bin", "codeseries.mjs");

const folder = temporaryFolder();

const environment = (env: NodeJS.ProcessEnv) => ({
  PATH: process.env.PATH,
  CODESERIES_CONFIG: join(folder.path, "codeseries.yaml"),
  CDKTF_OUTDIR: join(folder.path, "out"),
  ...env,
});

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd: folder.path, env: environment(env), encoding: "utf8" } as const;
  const { status, stderr, stdout } = spawnSync(process.execPath, [bin, ...args], options);
  return { code: status, out: stdout, err: stderr };
}

beforeEach(() => {
  writeFileSync(join(folder.path, "codeseries.yaml"), shippedYaml);
});

describe("bin/codeseries.mjs", () => {
  it("runs a command in any folder, with its result alone on standard output", () => {
    const { code, err, out } = run(["synth", "--json"]);
    expect([code, err]).toEqual([0, ""]);
    const { stacks } = JSON.parse(out) as { stacks: Record<string, string> };
    expect(Object.keys(stacks)).toEqual(["bootstrap", "dev", "shared"]);
    expect(Object.values(stacks).filter((file) => !existsSync(file))).toEqual([]);
  });

  it("exits with the code of the error, which is on standard error without a stack trace", () => {
    writeFileSync(join(folder.path, "codeseries.yaml"), "organization: 7\n");
    const { code, err, out } = run(["synth", "--quiet"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/codeseries\.yaml:1:15 organization: expected /);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it("has colors only if they are asked for, in a pipe", () => {
    const RED = "\u001b[31m";
    expect(run(["sinth"], { FORCE_COLOR: "1" }).err).toContain(RED);
    expect(run(["sinth"]).err).not.toContain(RED);
  });

  it.each([
    ["standard output", "stdout", ["synth"], 0],
    ["standard error", "stderr", ["sinth"], 2],
  ] as const)("ends as it should if nobody reads its %s", async (_, stream, args, code) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder.path, env: environment({}) });
    const other = stream === "stdout" ? child.stderr : child.stdout;
    let written = "";
    other.on("data", (piece: Buffer) => (written += piece.toString()));
    child[stream].destroy();
    expect(await once(child, "close")).toEqual([code, null]);
    expect(written).toBe("");
    if (args[0] === "synth")
      expect(readFileSync(join(folder.path, "out", "manifest.json"), "utf8")).toMatch(/^{/);
  });
});
