import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initValues } from "../../../src/cli/init/options";
import { projectFiles } from "../../../src/cli/init/project-files";
import { writeProject } from "../../../src/cli/init/write-project";
import { packageJson } from "../../../src/process/package-file";
import { temporaryFolder } from "../../support/temporary-folder";

const own = packageJson();
const files = projectFiles(initValues({}), own, own.version);
const folder = temporaryFolder();
const inFolder = (name: string) => join(folder.path, name);

describe("the files of a new project", () => {
  it("are these five", () => {
    expect([...files.keys()]).toEqual([
      "codeseries.yaml",
      "main.ts",
      "cdktf.json",
      "package.json",
      ".gitignore",
    ]);
  });

  it("depend on this version of the package, and on the versions that it was tested with", () => {
    expect(JSON.parse(files.get("package.json") ?? "")).toEqual({
      private: true,
      dependencies: {
        "@cdktf/provider-aws": own.devDependencies["@cdktf/provider-aws"],
        cdktf: own.devDependencies.cdktf,
        constructs: own.devDependencies.constructs,
        codeseries: own.version,
      },
      devDependencies: { "cdktf-cli": own.devDependencies["cdktf-cli"], tsx: own.devDependencies.tsx },
    });
  });

  it("keep what is generated and what is secret out of Git", () => {
    expect(files.get(".gitignore")?.split("\n")).toEqual(
      expect.arrayContaining(["node_modules/", "cdktf.out/", ".local/", "*.tfstate"]),
    );
  });
});

describe("writing a project", () => {
  it("writes every file into an empty folder", () => {
    expect(writeProject(folder.path, files)).toEqual({ written: [...files.keys()], missing: [] });
    for (const [name, content] of files) expect(readFileSync(inFolder(name), "utf8")).toBe(content);
  });

  it("writes nothing if a file exists, and names each that does", () => {
    writeFileSync(inFolder("main.ts"), "mine");
    writeFileSync(inFolder(".gitignore"), "mine");
    expect(() => writeProject(folder.path, files)).toThrow(
      /^main\.ts exists: codeseries init overwrites no file.*\n\.gitignore exists: .*$/,
    );
    expect(readdirSync(folder.path).sort()).toEqual([".gitignore", "main.ts"]);
    expect(readFileSync(inFolder("main.ts"), "utf8")).toBe("mine");
  });

  it("keeps the package.json that npm install codeseries made, and says what it lacks", () => {
    const made = JSON.stringify({
      dependencies: { codeseries: "file:x.tgz", cdktf: "^0.21.0", constructs: "^10.4.2" },
    });
    writeFileSync(inFolder("package.json"), made);
    expect(writeProject(folder.path, files)).toEqual({
      written: ["codeseries.yaml", "main.ts", "cdktf.json", ".gitignore"],
      missing: [
        `cdktf-cli@${own.devDependencies["cdktf-cli"]}`,
        `tsx@${own.devDependencies.tsx}`,
        `@cdktf/provider-aws@${own.devDependencies["@cdktf/provider-aws"]}`,
      ],
    });
    expect(readFileSync(inFolder("package.json"), "utf8")).toBe(made);
  });

  it("refuses a package.json of another project", () => {
    writeFileSync(inFolder("package.json"), "{}");
    expect(() => writeProject(folder.path, files)).toThrow(/^package\.json exists: /);
  });
});
