import { styleText } from "node:util";
import { columnsOf, Reporter } from "../process/reporter";
import { access } from "./access";
import { run } from "./run";

/** Of a stream that is no terminal. */
const DEFAULT_COLUMNS = 180;

run((args, env, output, terminal) =>
  access(args, env, output, {
    look: {
      columns: columnsOf(terminal, DEFAULT_COLUMNS),
      paint: (style, text) => styleText(style, text, { stream: process.stderr }),
    },
    reporter: new Reporter(terminal),
  }),
);
