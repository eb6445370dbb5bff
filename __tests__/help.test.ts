import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const help = readFileSync(join(root, "help"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

const mentioned = (pattern: RegExp) => [...new Set([...help.matchAll(pattern)].map(([, name = ""]) => name))];

describe("help", () => {
  it.each(mentioned(/npm run ([\w:]+)/g))("names npm run %s, which exists", (script) => {
    expect(scripts).toHaveProperty([script]);
  });

  it("names every script that a user may want", () => {
    const unnamed = Object.keys(scripts).filter(
      (name) => !help.includes(name === "test" ? "npm test" : `npm run ${name}`),
    );
    expect(unnamed).toEqual(["format:check"]);
  });

  it("names commands of cdktf that exist", () => {
    const cdktf = execFileSync("npx", ["cdktf", "--help"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    });
    const commands = mentioned(/npx cdktf (\w+)/g);
    expect(commands).not.toHaveLength(0);
    for (const command of commands) expect(cdktf).toMatch(new RegExp(`cdktf ${command}\\b`));
  });
});
