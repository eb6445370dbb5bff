/**
 * Runs a TypeScript entry point: `node scripts/run.mjs main.ts [arguments]`. esbuild bundles our own
 * sources in a tenth of a second and leaves packages where they are; `npm run types` checks types.
 */
import { renameSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
const outfile = join(root, "node_modules", ".cache", "codeseries", entry.replace(/\.ts$/, ".cjs"));

// Two runs at once must not read each other's half-written bundle.
const fresh = `${outfile}.${process.pid}`;

try {
  buildSync({
    entryPoints: [join(root, entry)],
    outfile: fresh,
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

renameSync(fresh, outfile);

process.argv = [process.argv[0], entry, ...args];
createRequire(import.meta.url)(outfile);
