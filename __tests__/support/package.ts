import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageJson } from "../../src/process/package-file";

const root = join(__dirname, "..", "..");

/** Older than this repository's: the declarations of the package must not need the newest one. */
const COMPILER = "typescript@5.9.3";

/** What `npm pack` says of a tarball. */
interface Tarball {
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** A project into which the packed package was installed. */
export interface PackagedProject {
  readonly folder: string;
  readonly tarball: Tarball;
  /**
   * Runs a program in the project, or in a folder of it.
   *
   * @returns its standard output.
   * @throws Error with its exit code and all that it wrote, unless it succeeds.
   */
  run(program: string, args: readonly string[], folder?: string): string;
}

/**
 * Packs the package and installs it with `cdktf`, `constructs` and a compiler into an empty folder. npm installs
 * all of it, from its cache or the registry, so a dependency that is not declared is missing here.
 */
export function packagedProject(): PackagedProject {
  const outer = mkdtempSync(join(tmpdir(), "codeseries-package-"));
  const folder = join(outer, "project");
  mkdirSync(folder);
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1", npm_config_prefer_offline: "true" };
  const run = (program: string, args: readonly string[], cwd = folder) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} ended with ${String(status)}\n${stdout}${stderr}`);
    return stdout;
  };

  const packed = run("npm", ["pack", "--silent", "--json", "--pack-destination", outer], root);
  const [tarball] = JSON.parse(packed.slice(packed.indexOf("["))) as Tarball[];
  if (!tarball) throw new Error(`npm pack wrote no tarball: ${packed}`);
  const { devDependencies } = packageJson();
  const peers = ["cdktf", "constructs"].map((name) => `${name}@${devDependencies[name] ?? ""}`);
  const tarballFile = join("..", tarball.filename);
  run("npm", ["install", "--no-audit", "--no-fund", tarballFile, ...peers, COMPILER]);
  return { folder, tarball, run };
}

/** Makes a program of this repository's own `node_modules` available to a project: its tree is large. */
export function linkProgram(project: string, name: string, program: string): void {
  const own = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as {
    bin: Readonly<Record<string, string>> | string;
  };
  const file = typeof bin === "string" ? bin : (bin[program] ?? "");
  mkdirSync(join(project, "node_modules", ".bin"), { recursive: true });
  symlinkSync(join(own, file), join(project, "node_modules", ".bin", program));
}
