import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LOCK_FILE } from "../terraform/initialization";
import { BOOTSTRAP_OVERRIDE, stackFolder } from "../terraform/stack-folder";
import type { Basis } from "./basis";
import { copyFolder } from "./files";
import { REVIEW_OVERRIDE, reviewOverride, stubFile } from "./upstream/override";
import { stubState } from "./upstream/stub-state";

const STACK_FILES = /\.tf(\.json)?$/;

/**
 * Writes a copy of a synthesized stack that reads stubs in place of states. What `terraform init` installed
 * there for an earlier review stays.
 *
 * @returns its folder.
 */
export function writeCopy(outdir: string, name: string, hasBucket: boolean, { stubs }: Basis): string {
  const own = stackFolder(outdir, name);
  const copy = copyFolder(outdir, name);
  mkdirSync(copy, { recursive: true });
  for (const file of readdirSync(copy)) if (STACK_FILES.test(file)) rmSync(join(copy, file));
  const files = readdirSync(own).filter((file) => STACK_FILES.test(file) || file === LOCK_FILE);
  for (const file of files) if (file !== BOOTSTRAP_OVERRIDE) copyFileSync(join(own, file), join(copy, file));
  const write = (file: string, content: object) => {
    const target = join(copy, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, JSON.stringify(content, undefined, 2), { mode: 0o600 });
  };
  write(REVIEW_OVERRIDE, reviewOverride(hasBucket, stubs));
  for (const { upstream, values } of stubs) write(stubFile(upstream), stubState(values));
  return copy;
}
