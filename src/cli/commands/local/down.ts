import { lastEmulator } from "../../../local/emulator/emulator";
import { defineCommand } from "../../command";
import { outdirOf } from "../../paths";

export const down = defineCommand({
  name: "down",
  summary: "stops the embedded AWS and deletes everything in it",
  description: `Stops the embedded AWS. Everything in it is deleted; the stacks in cdktf.out use the accounts of the
configuration again.`,
  script: "npm run local -- down",
  json: '{ "stopped": URL or null }',
  variables: ["CDKTF_OUTDIR", "CODESERIES_LOCAL"],
  exitCodes: { failed: "another command is running" },
  async run({ env, ui }) {
    const local = await import("../../../local/down");
    const { withLock } = await import("../../../local/lock");
    await withLock(async () => {
      const stopped = lastEmulator()?.url ?? null;
      ui.result(await local.down(outdirOf(env)), { stopped });
    });
  },
});
