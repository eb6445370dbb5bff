import { ExitCode, InputError } from "../../errors";
import { FAILURES, type RehearsalKind } from "../../local/rehearse/kinds";
import { lastProcess } from "../../local/processes/start";
import { chosenDelivery } from "../chosen-delivery";
import { defineCommand } from "../command";
import { configFileOf } from "../paths";

const MAX_RATE = 5_000;

function failureOf(text: string): RehearsalKind {
  const kind = FAILURES.find((name) => name === text);
  if (!kind) throw new InputError(`--fail: expected one of ${FAILURES.join(", ")}, got "${text}"`);
  return kind;
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (!/^\d+$/.test(text) || rate > MAX_RATE)
    throw new InputError(`--load: expected requests a second, from 0 to ${MAX_RATE}, got "${text}"`);
  return rate;
}

export const rehearse = defineCommand({
  name: "rehearse",
  summary: "runs one release, or one kind of failure, on the embedded AWS, and judges it",
  description: `Pushes an application, follows its release on the embedded AWS, and says whether it ended as it should: the right
version serves, no request was lost that AWS would not lose, and every plan is empty. Without --app it
pushes an application of its own that answers as the service's health check wants.`,
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: {
    app: { value: "<folder>", description: "the application to push, with a Dockerfile" },
    fail: { value: "<kind>", description: `what goes wrong: ${FAILURES.join(", ")}`, parse: failureOf },
    load: {
      value: "<number>",
      description: "requests a second during the release; 100, or what the alarm needs, if left out",
      parse: rateOf,
    },
  },
  json: `{ "kind", "ok": boolean, "faults": [text], "steps": [{ "name", "role", "status", "seconds", "detail" }],
  "stoppedTasks": [text], "calls": { role: [action] }, "load": { "sent", "failed", "causes": [text], "allowed" }, "changedStacks": [name] }`,
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR", "CODESERIES_LOCAL", "CODESERIES_PROVIDER_MIRROR"],
  exitCodes: {
    failed: "the rehearsal did not end as it should, or no embedded AWS is running",
    timedOut: "the release did not end",
    interrupted: "interrupted",
  },
  examples: ["npx codeseries rehearse awssdk-iam dev --fail unhealthy"],
  async run({ args: [service, environment], env, options, ui }) {
    const { loadSystem } = await import("../../system/load");
    const { runningEmbedded } = await import("../../local/use/running");
    const { requireEngine, requirePossible } = await import("../../local/rehearse/kinds");
    const { rehearsal } = await import("../rehearsal");
    const { app, fail: kind = "release", load: rate } = options;
    const { config, system } = loadSystem(configFileOf(env));
    const delivery = chosenDelivery(system, service, environment);
    requirePossible(kind, delivery);
    requireEngine(kind, lastProcess("controllers")?.settings.engine);
    const { data, text } = await rehearsal({
      app,
      config,
      delivery,
      embedded: runningEmbedded(),
      env,
      kind,
      rate,
      ui,
    });
    ui.result(text, data);
    return data.ok ? ExitCode.done : ExitCode.failed;
  },
});
