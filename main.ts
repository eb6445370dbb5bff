import { standardOutput } from "./src/cli/output";
import { synth } from "./src/cli/synth";

process.exitCode = synth(process.argv.slice(2), process.env, standardOutput);
