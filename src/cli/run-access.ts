import { styleText } from "node:util";
import { access } from "./access";
import { run } from "./run";

/** Of a stream that is no terminal. */
const DEFAULT_COLUMNS = 180;

run((args, env, output, { columns = DEFAULT_COLUMNS }) =>
  access(args, env, output, {
    columns,
    paint: (style, text) => styleText(style, text, { stream: process.stderr }),
  }),
);
