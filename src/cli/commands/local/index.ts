import type { CommandGroup } from "../../command";
import { down } from "./down";
import { env } from "./env";
import { logs } from "./logs";
import { open } from "./open";
import { push } from "./push";
import { status } from "./status";
import { up } from "./up";
import { watch } from "./watch";

export const local: CommandGroup = {
  name: "local",
  summary: "the whole system on an embedded AWS, without an account",
  description: `Deploys the whole system into an embedded AWS on this machine: the real Terraform and the real provider,
with moto in place of AWS. It needs no account and no credentials. codeseries local is codeseries local up.`,
  script: "npm run local",
  commands: [up, push, watch, open, status, env, logs, down],
};
