import { localCommand } from "./local";
import { standardOutput } from "./output";

void localCommand(process.argv.slice(2), process.env, standardOutput, process.stderr).then((code) => {
  process.exitCode = code;
});
