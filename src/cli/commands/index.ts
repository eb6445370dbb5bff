import type { Commands } from "../command";
import { approve } from "./approve";
import { apply } from "./apply";
import { bootstrap } from "./bootstrap";
import { checkRepository } from "./check-repository";
import { diagram } from "./diagram";
import { init } from "./init";
import { local } from "./local";
import { permissions } from "./permissions";
import { promote } from "./promote";
import { reject } from "./reject";
import { rehearse } from "./rehearse";
import { review } from "./review";
import { release } from "./release";
import { rollback } from "./rollback";
import { scaffold } from "./scaffold";
import { schema } from "./schema";
import { status } from "./status";
import { synth } from "./synth";
import { wait } from "./wait";
import { why } from "./why";

/** Every command, in the order of the help. */
export const commands: Commands = [
  init,
  synth,
  bootstrap,
  local,
  rehearse,
  permissions,
  scaffold,
  checkRepository,
  review,
  apply,
  status,
  why,
  wait,
  approve,
  reject,
  rollback,
  release,
  promote,
  diagram,
  schema,
];
