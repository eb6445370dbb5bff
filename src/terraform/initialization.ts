import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DATA = ".terraform";

/** Terraform's record of the providers that it installed. */
export const LOCK_FILE = ".terraform.lock.hcl";

/** Where Terraform remembers the backend; if it differs from the stack's, Terraform asks to move the state. */
export const BACKEND_RECORD = join(DATA, "terraform.tfstate");

/** What our last successful `terraform init` depended on. */
const RECORD = join(DATA, "codeseries-init");

const textOf = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** What an initialization depends on: the backend, the provider versions, and Terraform's records of both. */
function dependencies(folder: string): string {
  const stackFiles = readdirSync(folder).filter((name) => name.endsWith(".tf.json"));
  const settings = stackFiles.sort().map((name) => {
    const { terraform } = JSON.parse(textOf(join(folder, name))) as { terraform?: unknown };
    return JSON.stringify(terraform ?? {});
  });
  const records = [LOCK_FILE, BACKEND_RECORD].map((name) => textOf(join(folder, name)));
  return [...settings, ...records].join("\n");
}

/** Installed providers are links into a cache or a mirror, which somebody may have deleted. */
function providersExist(folder: string): boolean {
  const providers = join(folder, DATA, "providers");
  const entries = existsSync(providers) ? readdirSync(providers, { recursive: true, encoding: "utf8" }) : [];
  return entries.every((entry) => existsSync(join(providers, entry)));
}

/** Whether another `terraform init` would change nothing. */
export const isInitialized = (folder: string) =>
  existsSync(join(folder, BACKEND_RECORD)) &&
  textOf(join(folder, RECORD)) === dependencies(folder) &&
  providersExist(folder);

const CHECKSUMS = /^ *hashes = \[[^\]]*\]\n/gm;

/**
 * Removes the checksums of the installed providers, which `terraform init` has just compared. Otherwise each command
 * compares them again, and reads 675 MB for it. The next `terraform init` records them again.
 */
export function dropChecksums(folder: string): void {
  const file = join(folder, LOCK_FILE);
  if (existsSync(file)) writeFileSync(file, textOf(file).replaceAll(CHECKSUMS, ""));
}

/** Remembers that the folder is initialized. */
export function recordInitialization(folder: string): void {
  writeFileSync(join(folder, RECORD), dependencies(folder));
}
