import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initValues } from "../../../src/cli/init/options";
import { InputError } from "../../../src/errors";
import { createProject, projectFiles } from "../../../src/cli/init/project";
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

describe("codeseries init in a folder", () => {
  const given = { sharedAccount: "123456789012", account: "210987654321" };

  it("writes every file if it is empty, and says what to do next", () => {
    expect(createProject(folder.path, given)).toEqual({
      files: [...files.keys()],
      next: ["npm install", "npx codeseries synth"],
    });
    expect(readFileSync(inFolder("main.ts"), "utf8")).toBe(files.get("main.ts"));
    expect(readFileSync(inFolder("codeseries.yaml"), "utf8")).toContain('shared: { id: "123456789012" }');
  });

  it.each([{}, { account: "210987654321" }, { sharedAccount: "123456789012" }])(
    "says that placeholders of account ids must be replaced: %j",
    (some) => {
      expect(createProject(folder.path, some).next[0]).toBe(
        "replace the placeholder account ids in codeseries.yaml",
      );
    },
  );

  it("writes a dependency on the package that it was told", () => {
    createProject(folder.path, given, "file:../codeseries.tgz");
    expect(JSON.parse(readFileSync(inFolder("package.json"), "utf8"))).toMatchObject({
      dependencies: { codeseries: "file:../codeseries.tgz" },
    });
  });

  it("writes nothing if a file exists, and names each that does", () => {
    writeFileSync(inFolder("main.ts"), "mine");
    writeFileSync(inFolder(".gitignore"), "mine");
    expect(() => createProject(folder.path, given)).toThrow(
      new InputError(
        "main.ts exists, and codeseries init overwrites no file\n.gitignore exists, and codeseries init overwrites no file",
      ),
    );
    expect(readdirSync(folder.path).sort()).toEqual([".gitignore", "main.ts"]);
    expect(readFileSync(inFolder("main.ts"), "utf8")).toBe("mine");
  });

  it("keeps the package.json that npm install codeseries made, and says what it lacks", () => {
    const made = JSON.stringify({
      dependencies: { codeseries: "file:x.tgz", cdktf: "^0.21.0", constructs: "^10.4.2" },
    });
    writeFileSync(inFolder("package.json"), made);
    const { devDependencies: tested } = own;
    const lacking = ["cdktf-cli", "tsx", "@cdktf/provider-aws"].map(
      (name) => `${name}@${tested[name] ?? ""}`,
    );
    expect(createProject(folder.path, given)).toEqual({
      files: ["codeseries.yaml", "main.ts", "cdktf.json", ".gitignore"],
      next: [`npm install --save-dev ${lacking.join(" ")}`, "npx codeseries synth"],
    });
    expect(readFileSync(inFolder("package.json"), "utf8")).toBe(made);
  });

  it("refuses a package.json of another project", () => {
    writeFileSync(inFolder("package.json"), "{}");
    expect(() => createProject(folder.path, given)).toThrow("package.json exists");
  });
});
