import { styleText } from "node:util";
import { Reporter } from "../process/reporter";
import { access } from "./access";
import { run } from "./run";

run((args, env, output, terminal) =>
  access(args, env, output, {
    paint: (style, text) => styleText(style, text, { stream: process.stderr }),
    reporter: new Reporter(terminal),
  }),
);
