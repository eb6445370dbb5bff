import { bootstrapCommand } from "./bootstrap";
import { run } from "./run";

run(bootstrapCommand);
