import { guarded } from "../src/cli/command";
import { standardOutput } from "../src/cli/output";
import { bench } from "./bench";

process.exitCode = guarded(standardOutput, () => bench(process.argv.slice(2), standardOutput));
