import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";

const root = join(__dirname, "..", "..");
const folder = temporaryFolder();
const inFolder = (...path: string[]) => join(folder.path, ...path);
const bundle = () => inFolder("node_modules", ".cache", "codeseries", "main.cjs");

const run = () => {
  const args = [inFolder("scripts", "run.mjs"), "main.ts", "argument"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
};
const write = (name: string, text: string) => {
  writeFileSync(inFolder(name), text);
};

beforeEach(() => {
  mkdirSync(inFolder("node_modules"));
  mkdirSync(inFolder("scripts"));
  cpSync(join(root, "scripts", "run.mjs"), inFolder("scripts", "run.mjs"));
  symlinkSync(join(root, "node_modules", "esbuild"), inFolder("node_modules", "esbuild"));
  write("package.json", "{}");
  write("tsconfig.json", "{}");
  write("main.ts", 'import { one } from "./one"; console.log(one, process.argv.slice(2).join());');
  write("one.ts", "export const one: number = 1;");
});

describe("scripts/run.mjs", () => {
  it("keeps the bundle while no source changes", () => {
    expect(run()).toEqual({ code: 0, out: "1 argument\n", err: "" });
    const { ino } = statSync(bundle());
    expect(run().out).toBe("1 argument\n");
    expect(statSync(bundle()).ino).toBe(ino);
  });

  it("bundles again after a source has changed, also to one with an older date", () => {
    run();
    write("one.ts", "export const one: number = 2;");
    utimesSync(inFolder("one.ts"), new Date(0), new Date(0));
    expect(run().out).toBe("2 argument\n");
  });

  it("bundles again if the kept bundle is damaged, or a source is gone", () => {
    run();
    writeFileSync(bundle(), readFileSync(bundle(), "utf8").slice(0, 20));
    expect(run().out).toBe("1 argument\n");
    write("main.ts", 'console.log("alone");');
    expect(run().out).toBe("alone\n");
  });

  it("names the place of a syntax error, and keeps no bundle of it", () => {
    write("one.ts", "export const one = ;");
    expect(run()).toMatchObject({ code: 1, out: "", err: expect.stringContaining("one.ts:1:19") as string });
    write("one.ts", "export const one = 3;");
    expect(run().out).toBe("3 argument\n");
  });
});
