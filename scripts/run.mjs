/**
 * Runs a TypeScript entry point: `node scripts/run.mjs main.ts [arguments]`. esbuild bundles our own
 * sources and leaves packages where they are; the bundle is kept until a source changes. `npm run types`
 * checks types.
 */
import { readFileSync, renameSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
const outfile = join(root, "node_modules", ".cache", "codeseries", entry.replace(/\.ts$/, ".cjs"));

/** When each source was changed, which a copy of the folder does not have in common with it. */
const changed = (sources) => sources.map((path) => [path, statSync(join(root, path)).mtimeMs]);

/** The first line of a bundle names its sources. */
function isCurrent() {
  try {
    const bundle = readFileSync(outfile, "utf8");
    const sources = JSON.parse(bundle.slice(2, bundle.indexOf("\n")));
    return JSON.stringify(changed(sources.map(([path]) => path))) === JSON.stringify(sources);
  } catch {
    return false;
  }
}

async function build() {
  const began = Date.now();
  const { buildSync } = await import("esbuild");
  try {
    return {
      began,
      ...buildSync({
        absWorkingDir: root,
        entryPoints: [entry],
        outfile,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        packages: "external",
        logLevel: "warning",
        metafile: true,
        write: false,
      }),
    };
  } catch {
    // esbuild has said what is wrong, and where.
    process.exit(1);
  }
}

function keep({ began, metafile, outputFiles }) {
  const sources = changed([
    ...Object.keys(metafile.inputs),
    "scripts/run.mjs",
    "package.json",
    "tsconfig.json",
  ]);
  // A source that changed meanwhile may have been read before.
  const known = sources.map(([path, at]) => [path, at < began ? at : 0]);
  // Two runs at once must not read each other's half-written bundle.
  const fresh = `${outfile}.${process.pid}`;
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(fresh, `//${JSON.stringify(known)}\n${outputFiles[0].text}`);
  renameSync(fresh, outfile);
}

if (!isCurrent()) keep(await build());

process.argv = [process.argv[0], entry, ...args];
createRequire(import.meta.url)(outfile);
