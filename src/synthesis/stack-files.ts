import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { App, TerraformStack } from "cdktf";

const STACKS = "stacks";
const MANIFEST = "manifest.json";

/** Files of a synthesis by their path below the output folder, such as `stacks/dev/cdk.tf.json`. */
export type StackFiles = ReadonlyMap<string, string>;

/**
 * Synthesizes an app in a temporary folder, so that a failure changes no output folder.
 *
 * @param only The name of a stack: the files are those of this stack, and a manifest without the others.
 */
export function synthesize(build: (app: App) => void, only?: string): StackFiles {
  const outdir = mkdtempSync(join(tmpdir(), "codeseries-"));
  try {
    withoutTraces(() => {
      const app = new App({ outdir, stackTraces: false });
      build(app);
      if (only !== undefined) skipOtherStacks(app, only);
      app.synth();
    });
    return filesIn(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The app still prepares the other stacks, because their references become outputs of this one. */
function skipOtherStacks(app: App, name: string): void {
  for (const stack of app.node.children.filter((child) => TerraformStack.isStack(child)))
    if (stack.node.id !== name) stack.synthesizer = { synthesize: () => undefined };
}

function filesIn(folder: string): StackFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const files = entries.map(({ name, parentPath }) => join(parentPath, name));
  return new Map(files.map((file) => [relative(folder, file), readFileSync(file, "utf8")]));
}

/**
 * cdktf records a stack trace for each token, even with `stackTraces: false`. This takes a third of the
 * time, and no message of ours shows these traces. Errors keep their own.
 */
function withoutTraces(work: () => void): void {
  const original = Object.getOwnPropertyDescriptor(Error, "captureStackTrace") ?? {};
  Object.defineProperty(Error, "captureStackTrace", { ...original, value: () => undefined });
  try {
    work();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", original);
  }
}

/**
 * Writes a synthesis of all stacks to the output folder, and removes the stacks that it does not have. In
 * the folders of the others, all other files stay, such as the `.terraform` of `terraform init`.
 */
export function writeStacks(outdir: string, files: StackFiles): void {
  write(outdir, files);
  const kept = new Set([...files.keys()].map((file) => dirname(file)));
  const stacks = join(outdir, STACKS);
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : [])
    if (!kept.has(join(STACKS, stack))) rmSync(join(stacks, stack), { recursive: true });
}

/** Writes a synthesis of one stack to the output folder, and leaves the other stacks and their manifest. */
export function writeOneStack(outdir: string, files: StackFiles): void {
  const file = join(outdir, MANIFEST);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : { stacks: {} };
  const own = JSON.parse(files.get(MANIFEST) ?? "") as Manifest;
  const manifest = { ...own, stacks: { ...before.stacks, ...own.stacks } };
  write(outdir, new Map(files).set(MANIFEST, JSON.stringify(manifest, undefined, 2)));
}

/** The stacks of an output folder, for the cdktf command line. */
interface Manifest {
  readonly stacks: Readonly<Record<string, object>>;
}

function write(outdir: string, files: StackFiles): void {
  for (const [file, content] of files) {
    const target = join(outdir, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.new`, content);
    renameSync(`${target}.new`, target);
  }
}
