import { localCommand } from "./local";
import { run } from "./run";

run(localCommand);
