import { readFileSync } from "node:fs";
import { buildApp } from "../src/app";
import { synthesize, writeStacks } from "../src/cli/stack-files";
import { showFault } from "../src/config/fault";
import { parseConfig } from "../src/config/parse";
import { readYaml } from "../src/config/positions";
import { checks } from "../src/system/checks";
import { systemOf } from "../src/system/system";
import { Stopwatch } from "./measurement";

/**
 * A process of its own: what `npm run synth` does with a configuration that it has read. Only then
 * are the stacks written, for the plain app to be made from.
 */
const [configFile = "", outdir = ""] = process.argv.slice(2);
const text = readFileSync(configFile, "utf8");

const stopwatch = new Stopwatch();
const { config, faults } = parseConfig(readYaml(configFile, text).content, checks);
if (!config) throw new Error(faults.map(showFault).join("\n"));
stopwatch.mark("configuration");
const files = synthesize((app) => {
  buildApp(app, systemOf(config));
  stopwatch.mark("construct");
});
stopwatch.mark("synth");

process.stdout.write(JSON.stringify(stopwatch.measurement()));
writeStacks(outdir, files);
