import type { Command, CommandGroup } from "../command";
import { bootstrap } from "./bootstrap";
import { local } from "./local";
import { permissions } from "./permissions";
import { schema } from "./schema";
import { synth } from "./synth";

/** Every command, in the order of the help. */
export const commands: readonly (Command | CommandGroup)[] = [synth, bootstrap, local, permissions, schema];
