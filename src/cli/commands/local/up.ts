import { InputError } from "../../../errors";
import { Interruption } from "../../../process/interruption";
import { ACCEPT_STATE, defineCommand } from "../../command";
import { STATUS_JSON, statusData } from "./status";

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InputError(`--port: expected a number from 1 to 65535, got "${text}"`);
  return port;
}

export const up = defineCommand({
  name: "up",
  summary: "starts the embedded AWS and deploys every stack",
  description: `Starts the embedded AWS, deploys every stack and shows what was deployed. An existing deployment is
updated to the configuration. The embedded AWS goes on running until codeseries local down.`,
  script: "npm run local",
  options: {
    acceptState: ACCEPT_STATE,
    recover: { description: "discards the existing deployment first" },
    port: { value: "<number>", description: "the port of 127.0.0.1; a free one if left out", parse: portOf },
  },
  json: STATUS_JSON,
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR", "CODESERIES_LOCAL", "CODESERIES_PROVIDER_MIRROR"],
  exitCodes: { failed: "Terraform, Python or a stack failed", interrupted: "interrupted" },
  async run({ env, options: { acceptState = false, port, recover = false }, ui }) {
    const { synthesizeConfiguration } = await import("../../synth");
    const local = await import("../../../local/up");
    const { withLock } = await import("../../../local/lock");
    await withLock(async () => {
      const { config, outdir, warnings } = synthesizeConfiguration(env);
      ui.configurationWarnings(warnings);
      const interruption = new Interruption(ui);
      const options = { config, outdir, env, progress: ui, interruption, acceptState, recover, port };
      ui.result(await interruption.during(() => local.up(options)), statusData());
    });
  },
});
