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
import { App } from "cdktf";

const STACKS = "stacks";

/** Files of a synthesis by their path below the output folder, such as `stacks/dev/cdk.tf.json`. */
export type StackFiles = ReadonlyMap<string, string>;

/** Synthesizes an app aside, so that a failure leaves no half of it anywhere. */
export function synthesize(build: (app: App) => void): StackFiles {
  const outdir = mkdtempSync(join(tmpdir(), "codeseries-"));
  try {
    withoutTraces(() => {
      const app = new App({ outdir, stackTraces: false });
      build(app);
      app.synth();
    });
    const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return new Map(
      files.map(({ name, parentPath }) => {
        const file = join(parentPath, name);
        return [relative(outdir, file), readFileSync(file, "utf8")];
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/**
 * cdktf notes the whole stack at which each token was made, whatever `stackTraces` says: a third of the
 * time, for something that no message of ours shows. Errors keep their own traces.
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
 * Puts a synthesis in place. Stacks that it no longer has go away; of the others everything but the
 * synthesized file stays, such as what `terraform init` left in `.terraform`.
 */
export function writeStacks(outdir: string, files: StackFiles): void {
  for (const [file, content] of files) {
    const target = join(outdir, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.new`, content);
    renameSync(`${target}.new`, target);
  }
  const kept = new Set([...files.keys()].map((file) => dirname(file)));
  const stacks = join(outdir, STACKS);
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : [])
    if (!kept.has(join(STACKS, stack))) rmSync(join(stacks, stack), { recursive: true });
}
