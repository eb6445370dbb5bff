import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { linkProgram, packagedProject, type PackagedProject } from "../support/package";
import type { Stack } from "../support/synth";
import { diagnosticsOf, diagnosticsOfModules } from "../support/validate";

let project: PackagedProject;

/** Compiling and installing take a minute; a busy machine needs several times as long. */
const INSTALL_TIMEOUT_MS = 900_000;

beforeAll(() => {
  project = packagedProject();
}, INSTALL_TIMEOUT_MS);
afterAll(() => {
  rmSync(dirname(project.folder), { recursive: true });
});

const root = join(__dirname, "..", "..");
const inProject = (...path: string[]) => join(project.folder, ...path);
/** A program of this repository: a library's user has a runner of their own. */
const program = (name: string) => join(root, "node_modules", ".bin", name);

/**
 * The errors in some files. The compiler reads the types of CDKTF and of the provider each time, so several files
 * are compiled at once.
 */
function compile(files: readonly string[], ...settings: string[]): string[] {
  try {
    project.run("npx", ["tsc", "--noEmit", "--strict", ...settings, ...files]);
    return [];
  } catch (error) {
    const errors = String(error).match(/^.*: error TS\d+: .*$/gm);
    if (!errors) throw error;
    return errors;
  }
}

/** Of the project that cdktf init makes. */
const CDKTF_SETTINGS = ["--module", "commonjs", "--target", "es2018", "--skipLibCheck"];
/** Every declaration is checked. */
const NODE_SETTINGS = ["--module", "node16", "--lib", "es2023,dom"];

describe("the tarball", () => {
  const paths = () => project.tarball.files.map(({ path }) => path);

  it("holds compiled code, types, the embedded AWS, templates and what a user reads, and nothing else", () => {
    // The example is what `codeseries local push` pushes if no folder is named.
    const own = paths().filter((path) => !path.startsWith("examples/awssdk-iam/"));
    expect(paths()).toContain("examples/awssdk-iam/env/dev/Dockerfile");
    const kinds = own.map((path) =>
      path.replace(/^(bin|lib|src\/local\/(?:engine|moto))\/.*(\.\w+)$/, "$1/*$2"),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      "LICENSE",
      "README.md",
      "bin/*.mjs",
      "codeseries.schema.json",
      "docs/guide/destroy.md",
      "docs/runbooks/half-shifted-traffic.md",
      "docs/runbooks/image-gone.md",
      "docs/runbooks/locked-state.md",
      "docs/runbooks/release-that-cannot-start.md",
      "docs/runbooks/release-while-the-alarm-is-on.md",
      "docs/runbooks/rollback-that-failed.md",
      "docs/runbooks/state-bucket.md",
      "docs/runbooks/state-keys.md",
      "lib/*.js",
      "lib/*.ts",
      "package.json",
      "review.schema.json",
      "src/local/engine/*.py",
      "src/local/moto/*.py",
      "src/local/moto/*.txt",
      "templates/ci/codebuild/buildspec.yml",
      "templates/ci/codebuild/comment.sh",
      "templates/ci/drift.sh",
      "templates/ci/github/codeseries.yml",
      "templates/ci/github/comment.sh",
      "templates/ci/plan.sh",
      "templates/diagram.css",
      "templates/help",
      "templates/init/cdktf.json",
      "templates/init/codeseries.yaml",
      "templates/init/gitignore",
      "templates/init/main.ts",
      "templates/page.css",
      "templates/permissions.css",
      "templates/rehearsal/Dockerfile",
      "templates/rehearsal/server.js",
      "templates/review.css",
      "templates/why/artifact.yaml",
      "templates/why/build.yaml",
      "templates/why/codedeploy.yaml",
      "templates/why/deploy-action.yaml",
      "templates/why/ecs-service.yaml",
      "templates/why/ecs-task.yaml",
      "templates/why/load-balancer.yaml",
      "templates/why/pipeline.yaml",
      "templates/why/source.yaml",
    ]);
  });

  it("holds every page that a message names", () => {
    const compiled = paths().filter((path) => path.endsWith(".js"));
    const code = compiled
      .map((path) => readFileSync(inProject("node_modules", "codeseries", path), "utf8"))
      .join("");
    const named = [...code.matchAll(/documentation\)?\("([^"]+)"\)/g)].map(([, page = ""]) => `docs/${page}`);
    expect(paths()).toEqual(expect.arrayContaining(named));
    // A page that a text names in another way would not be found.
    expect(code).not.toMatch(/["'`][^"'`\n]*docs\/\w+\/[\w-]+\.md/);
  });

  // The commands on a running system, and the ways in which a release fails, took 100 kB more.
  it("is smaller than 850 kB", () => {
    expect(project.tarball.size).toBeLessThan(850_000);
  });
});

describe("an installation", () => {
  interface Lock {
    readonly packages: Readonly<Record<string, { readonly license?: string }>>;
  }
  const installed = () =>
    (JSON.parse(readFileSync(inProject("node_modules", ".package-lock.json"), "utf8")) as Lock).packages;

  it("has no package under the AGPL", () => {
    expect(Object.keys(installed()).length).toBeGreaterThan(10);
    const names = Object.entries(installed()).filter(
      ([name, { license = "" }]) => name.includes("@cloud-copilot/") || license.includes("AGPL"),
    );
    expect(names).toEqual([]);
  });

  it("has one copy of cdktf, constructs and the provider", () => {
    const copies = Object.keys(installed()).filter((path) =>
      /\/(cdktf|constructs|@cdktf\/provider-aws)$/.test(path),
    );
    expect(copies.sort()).toEqual([
      "node_modules/@cdktf/provider-aws",
      "node_modules/cdktf",
      "node_modules/constructs",
    ]);
  });

  it("loads neither the AWS SDK nor the provider's root for a construct", () => {
    const script = `require("codeseries"); console.log(JSON.stringify(Object.keys(require.cache)))`;
    const loaded = JSON.parse(project.run("node", ["-e", script])) as string[];
    expect(loaded).toContain(
      inProject("node_modules", "@cdktf", "provider-aws", "lib", "ecs-service", "index.js"),
    );
    expect(loaded).not.toContain(inProject("node_modules", "@cdktf", "provider-aws", "lib", "index.js"));
    expect(
      loaded.filter((file) =>
        /@aws-sdk|@smithy|@cloud-copilot|commander|codeseries\/lib\/(cli|local)/.test(file),
      ),
    ).toEqual([]);
  });
});

/** The app that the guide shows. */
const APP =
  /^```ts\n(.*?)^```/ms.exec(readFileSync(join(root, "docs", "guide", "library.md"), "utf8"))?.[1] ?? "";

describe("a CDKTF app of 15 lines that uses three constructs", () => {
  beforeAll(() => {
    writeFileSync(inProject("app.ts"), APP);
  });

  it("has 15 lines", () => {
    expect(APP.trimEnd().split("\n")).toHaveLength(15);
  });

  it("compiles with Node's resolution, and a misspelled prop does not", () => {
    writeFileSync(inProject("misspelled.ts"), APP.replace("forceDelete", "forceDestroy"));
    expect(compile(["app.ts", "misspelled.ts"], ...NODE_SETTINGS)).toEqual([
      expect.stringMatching(
        /^misspelled\.ts.*'forceDestroy' does not exist in type 'ContainerRepositoryProps'/,
      ),
    ]);
  });

  it("synthesizes to a stack that is valid for the real Terraform and the real provider", () => {
    project.run(program("tsx"), ["app.ts"]);
    expect(diagnosticsOf(inProject("cdktf.out", "stacks", "shop"))).toEqual([]);
  });
});

describe("the command of the package", () => {
  const stacks = (folder: string) => readdirSync(join(folder, "cdktf.out", "stacks"));
  const files = (folder: string) =>
    ["bootstrap", "dev", "shared"].map((stack) =>
      readFileSync(join(folder, "cdktf.out", "stacks", stack, "cdk.tf.json"), "utf8"),
    );

  it("prints its help", () => {
    expect(project.run("npx", ["codeseries", "--help"])).toMatch(
      /^Usage: codeseries .*\n {2}init .*\n {2}synth /s,
    );
  });

  it.each(["local/processes/load-balancer.js", "local/processes/controllers.js"])(
    "starts %s, which ends because no embedded AWS runs",
    (file) => {
      const script = `process.env.CODESERIES_LOCAL_PROCESS = '{"timeFactor":60,"engine":"none"}';
        require("./node_modules/codeseries/lib/${file}")`;
      expect(() => project.run("node", ["-e", script])).toThrow(/no embedded AWS/);
    },
  );

  it("makes a project where the package was installed, which synthesizes to valid stacks", () => {
    const before = readFileSync(inProject("package.json"), "utf8");
    rmSync(inProject("cdktf.out"), { recursive: true, force: true });
    expect(project.run("npx", ["codeseries", "init", "--organization", "contoso"])).toBe(
      "codeseries.yaml\nmain.ts\ncdktf.json\n.gitignore\n",
    );
    expect(readFileSync(inProject("package.json"), "utf8")).toBe(before);
    expect(compile(["app.ts", "main.ts"], ...CDKTF_SETTINGS)).toEqual([]);
    project.run("npx", ["codeseries", "synth"]);
    expect(stacks(project.folder)).toEqual(["bootstrap", "dev", "shared"]);
    const [bootstrap, dev, shared] = files(project.folder).map((json) => JSON.parse(json) as Stack);
    if (!bootstrap || !dev || !shared) throw new Error("a stack is missing");
    mkdirSync(inProject("modules"));
    expect(diagnosticsOfModules(inProject("modules"), { bootstrap, dev, shared })).toEqual([]);
  });

  it("says how to install the simulator that the permission proof needs: its licence keeps it out of the package", () => {
    expect(existsSync(inProject("node_modules", "@cloud-copilot"))).toBe(false);
    expect(() => project.run("npx", ["codeseries", "permissions"])).toThrow(
      /ended with 2\n.*run npm install --save-dev @cloud-copilot\/iam-simulate/,
    );
  });

  it("makes a project in an empty folder, for which npx cdktf synth writes what npx codeseries synth writes", () => {
    const folder = inProject("empty");
    mkdirSync(folder);
    const { files: written } = JSON.parse(project.run("npx", ["codeseries", "init", "--json"], folder)) as {
      files: string[];
    };
    expect(readdirSync(folder).sort()).toEqual([...written].sort());
    // The package and its peers are found in the folder above; cdktf-cli and tsx are this repository's own.
    linkProgram(folder, "cdktf-cli", "cdktf");
    linkProgram(folder, "tsx", "tsx");

    project.run("npx", ["codeseries", "synth"], folder);
    const expected = files(folder);
    rmSync(join(folder, "cdktf.out"), { recursive: true });
    project.run("npx", ["cdktf", "synth"], folder);
    expect(files(folder)).toEqual(expected);
    expect(stacks(folder)).toEqual(["bootstrap", "dev", "shared"]);
  });

  it("overwrites nothing, names what is there, and ends with 2", () => {
    expect(() => project.run("npx", ["codeseries", "init"])).toThrow(
      /ended with 2\ncodeseries\.yaml exists, .*\nmain\.ts exists, /,
    );
  });
});
