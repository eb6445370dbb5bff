import type { Command, CommandGroup } from "../command";
import { bootstrap } from "./bootstrap";
import { init } from "./init";
import { local } from "./local";
import { permissions } from "./permissions";
import { scaffold } from "./scaffold";
import { schema } from "./schema";
import { synth } from "./synth";

/** Every command, in the order of the help. */
export const commands: readonly (Command | CommandGroup)[] = [
  init,
  synth,
  bootstrap,
  local,
  permissions,
  scaffold,
  schema,
];
