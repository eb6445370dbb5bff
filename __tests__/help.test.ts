import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../src/cli/commands";
import { commandsPage, overview } from "../src/cli/help/pages";

const root = join(__dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const help = read("help");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

/** Scripts that other scripts run. */
const INTERNAL = ["format:check", "prepack"];

const mentioned = (pattern: RegExp) => [...new Set([...help.matchAll(pattern)].map(([, name = ""]) => name))];

describe("help", () => {
  it("is written from the definitions of the commands: run npm run schema", () => {
    expect(help).toBe(overview(commands));
  });

  it("names npm scripts that exist", () => {
    const names = mentioned(/npm run (?:--silent )?([\w:]+)/g);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("names every npm script that a user may want", () => {
    const names = [
      ...mentioned(/npm run (?:--silent )?([\w:]+)/g),
      ...mentioned(/npm (test)\b/g),
      ...INTERNAL,
    ];
    expect(Object.keys(scripts).filter((name) => !names.includes(name))).toEqual([]);
  });

  it("names commands of cdktf that exist", () => {
    const cdktf = execFileSync("npx", ["cdktf", "--help"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    });
    const commands = mentioned(/npx cdktf (\w+)/g);
    expect(commands).toEqual(["synth", "diff", "deploy", "destroy"]);
    for (const command of commands) expect(cdktf).toMatch(new RegExp(`cdktf ${command}\\b`));
  });
});

describe("docs/commands.md", () => {
  it("is written from the definitions of the commands: run npm run schema", () => {
    expect(read("docs/commands.md")).toBe(commandsPage(commands));
  });
});
