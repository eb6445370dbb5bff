import { styleText } from "node:util";
import { access } from "./access";
import { standardOutput } from "./output";

/** Of a stream that is no terminal. */
const DEFAULT_COLUMNS = 180;

void access(process.argv.slice(2), process.env, standardOutput, {
  columns: process.stderr.columns || DEFAULT_COLUMNS,
  paint: (style, text) => styleText(style, text, { stream: process.stderr }),
}).then((code) => {
  process.exitCode = code;
});
