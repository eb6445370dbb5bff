import { bootstrapCommand } from "./bootstrap";
import { standardOutput } from "./output";

void bootstrapCommand(process.argv.slice(2), process.env, standardOutput, process.stderr).then((code) => {
  process.exitCode = code;
});
