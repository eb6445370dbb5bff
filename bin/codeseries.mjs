#!/usr/bin/env node
/** The command `codeseries`: from its sources in the repository, from compiled JavaScript in the package. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

const SOURCE = "src/cli/main.ts";

if (existsSync(join(import.meta.dirname, "..", SOURCE))) {
  process.argv.splice(2, 0, SOURCE);
  await import("../scripts/run.mjs");
} else createRequire(import.meta.url)("../lib/cli/main.js");
