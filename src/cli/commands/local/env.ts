import { Failure } from "../../../errors";
import { runningEmulator } from "../../../local/emulator/emulator";
import { localFolder } from "../../../local/folder";
import { conflictingVariables, embeddedVariables, exportLines } from "../../../local/variables";
import { defineCommand } from "../../command";
import { configFileOf } from "../../paths";

export const env = defineCommand({
  name: "env",
  summary: "prints the variables of the embedded AWS for a shell",
  description: `Prints variables for a shell in which aws, terraform and cdktf use the embedded AWS:

  eval "$(npx codeseries local env)"`,
  script: "npm run --silent local -- env",
  json: "{ variable: value }",
  variables: ["CODESERIES_CONFIG", "CODESERIES_LOCAL", "CODESERIES_PROVIDER_MIRROR"],
  exitCodes: { failed: "no embedded AWS is running" },
  async run({ env, ui }) {
    const emulator = runningEmulator();
    if (!emulator) throw new Failure("no embedded AWS is running", "to start one: npx codeseries local");
    const { loadSystem } = await import("../../../system/load");
    const { terraformVariables } = await import("../../../terraform/variables");
    const { config } = loadSystem(configFileOf(env));
    const terraform = terraformVariables(env, localFolder());
    const conflicting = conflictingVariables(env);
    if (conflicting.length > 0)
      ui.warning(`unset these; they override the embedded AWS: ${conflicting.join(" ")}`);
    const variables = embeddedVariables(emulator, config.region, terraform);
    ui.result(exportLines(variables), variables);
  },
});
