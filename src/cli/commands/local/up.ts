import { InputError } from "../../../errors";
import { Interruption } from "../../../process/interruption";
import { ENGINES, type EngineName } from "../../../local/engine/kind";
import { ACCEPT_STATE, defineCommand } from "../../command";
import { STATUS_JSON, statusData } from "./status";

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InputError(`--port: expected a number from 1 to 65535, got "${text}"`);
  return port;
}

/** A minute of AWS is a second. */
const TIME_FACTOR = 60;

function engineOf(text: string): EngineName {
  const engine = ENGINES.find((name) => name === text);
  if (!engine) throw new InputError(`--engine: expected one of ${ENGINES.join(", ")}, got "${text}"`);
  return engine;
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
    engine: {
      value: "<name>",
      description: `what builds images and runs tasks: ${ENGINES.join(", ")}; the first that works if left out`,
      parse: engineOf,
    },
    resourcesOnly: { description: "deploys resources only: no pipeline, task or load balancer runs" },
    realTime: { description: "waits as long as AWS does; a minute is a second if left out" },
    port: { value: "<number>", description: "the port of 127.0.0.1; a free one if left out", parse: portOf },
  },
  json: STATUS_JSON,
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR", "CODESERIES_LOCAL", "CODESERIES_PROVIDER_MIRROR"],
  exitCodes: { failed: "Terraform, Python or a stack failed", interrupted: "interrupted" },
  async run({ env, options: { acceptState = false, engine, port, ...switches }, ui }) {
    const { synthesizeConfiguration } = await import("../../synth");
    const local = await import("../../../local/up");
    const { withLock } = await import("../../../local/lock");
    await withLock(async () => {
      const { config, outdir, warnings } = synthesizeConfiguration(env);
      ui.configurationWarnings(warnings);
      const interruption = new Interruption(ui);
      const { realTime = false, recover = false, resourcesOnly = false } = switches;
      const timeFactor = realTime ? 1 : TIME_FACTOR;
      const work = { config, outdir, env, progress: ui, interruption };
      const options = { ...work, acceptState, engine, port, recover, resourcesOnly, timeFactor };
      ui.result(await interruption.during(() => local.up(options)), statusData());
    });
  },
});
