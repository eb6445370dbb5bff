import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { start } from "../../src/process/running";
import { temporaryFolder, writeProgram } from "../support/temporary-folder";

const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);

function run(script: string) {
  writeProgram(file("program"), script);
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const env = { PATH: "/bin:/usr/bin" };
  return { lines, ...start(file("program"), [], { env, output: file("output"), onLine }) };
}

describe("a program that was started", () => {
  it("passes on each line of both streams, also those of its last moment and one without an end", async () => {
    const { lines, ended } = run("echo one; echo zwei-äöü >&2; sleep 0.2; printf 'three\\nlast'; exit 3");
    expect(await ended).toBe(3);
    expect(lines).toEqual(["one", "zwei-äöü", "three", "last"]);
  });

  it("reports a signal that ended it", async () => {
    expect(await run("kill -9 $$").ended).toBe(137);
  });

  it("can be asked to stop", async () => {
    const { lines, ended, interrupt } = run(
      "trap 'echo stopped; exit 1' INT; echo started; while true; do sleep 0.05; done",
    );
    while (!lines.includes("started")) await wait(20);
    interrupt();
    expect(await ended).toBe(1);
    expect(lines).toEqual(["started", "stopped"]);
  });

  it("is refused with a message if it does not exist", async () => {
    const options = { env: {}, output: file("output"), onLine: () => undefined };
    await expect(start(file("none"), [], options).ended).rejects.toThrow(/^cannot run .*none: .*ENOENT/);
  });

  it("goes on, and can write, if the process that started it is killed", async () => {
    writeProgram(file("program"), `echo started; sleep 0.5; echo more; echo done > ${file("result")}`);
    const parent = `const { start } = require("./parent.cjs"); start(${JSON.stringify(file("program"))}, [], { env: process.env, output: ${JSON.stringify(file("output"))}, onLine: console.log });`;
    const bundle = [
      "src/process/running.ts",
      "--bundle",
      "--platform=node",
      `--outfile=${file("parent.cjs")}`,
    ];
    execFileSync("node_modules/.bin/esbuild", bundle, { stdio: "ignore" });
    const child = spawn(process.execPath, ["-e", parent], { cwd: folder.path });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    while (!existsSync(file("result"))) await wait(50);
    expect(readFileSync(file("output"), "utf8")).toBe("started\nmore\n");
  });
});
