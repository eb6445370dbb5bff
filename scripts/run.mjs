/**
 * Runs a TypeScript entry point: `node scripts/run.mjs main.ts [arguments]`. esbuild bundles our own
 * sources in a tenth of a second and leaves packages where they are; `npm run types` checks types.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
const outfile = join(root, "node_modules", ".cache", "codeseries", entry.replace(/\.ts$/, ".cjs"));

try {
  buildSync({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    logLevel: "warning",
  });
} catch {
  // esbuild has said what is wrong, and where.
  process.exit(1);
}

process.argv = [process.argv[0], entry, ...args];
createRequire(import.meta.url)(outfile);
