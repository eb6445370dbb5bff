import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../config/schema";
import { Failure } from "../errors";
import { runningEmulator } from "../local/emulator/emulator";
import { localFile, localFolder, TERRAFORM_RUNS } from "../local/folder";
import type { Embedded } from "../local/reconcile/embedded";
import { copyApp, writeRehearsalApp } from "../local/rehearse/app";
import { faultsOf, failedActions } from "../local/rehearse/judge";
import type { RehearsalKind } from "../local/rehearse/kinds";
import { allowedFailures, defaultRate } from "../local/rehearse/load";
import { changedStacks } from "../local/rehearse/plans";
import { rehearse } from "../local/rehearse/rehearse";
import { reportOf } from "../local/rehearse/report";
import { startLoad } from "../local/load/load";
import { causesOf } from "../local/load/result";
import { pushFolder } from "../local/use/push";
import { serviceUrl } from "../local/use/service-url";
import { applyEnvironment, embeddedVariables } from "../local/variables";
import { Interruption } from "../process/interruption";
import { scaffoldRepository } from "../repository/scaffold/scaffold";
import type { Delivery } from "../system/system";
import { runContext } from "../terraform/run/run";
import { terraformVariables } from "../terraform/variables";
import { configFileOf, outdirOf } from "./paths";
import type { Ui } from "./ui";

/** Terraform's messages of the plans at the end. */
const PLAN_LOG = "plans.log";

const MINUTE_SECONDS = 60;

export interface RehearsalOptions {
  readonly app?: string;
  readonly config: Config;
  readonly delivery: Delivery;
  readonly embedded: Embedded;
  readonly env: NodeJS.ProcessEnv;
  readonly kind: RehearsalKind;
  readonly rate?: number;
  readonly ui: Ui;
}

/** Writes the application that is pushed. */
function writeApp(folder: string, { app, delivery, env, kind }: RehearsalOptions): void {
  const { dockerfile } = delivery.settings.build;
  const version = `${kind}-${Date.now().toString(36)}`;
  if (app === undefined) writeRehearsalApp(folder, kind, delivery, version);
  else copyApp(app, folder, kind, dockerfile);
  // A service that has its own buildspec needs the files of its deliveries, too.
  if (app === undefined && delivery.settings.build.buildspec !== undefined)
    scaffoldRepository(configFileOf(env), delivery.service.name, folder, true);
}

/** The stacks whose plan in the embedded AWS is not empty. */
async function plans({ config, env, ui }: RehearsalOptions): Promise<string[]> {
  const emulator = runningEmulator();
  if (!emulator) throw new Failure("the embedded AWS was stopped during the rehearsal");
  const terraform = terraformVariables(env, localFolder());
  applyEnvironment(env, { ...terraform, ...embeddedVariables(emulator, config.region, terraform) });
  const stacks = [...Object.keys(config.environments), "shared"];
  const interruption = new Interruption(ui);
  const files = { log: localFile(PLAN_LOG), runs: localFile(TERRAFORM_RUNS) };
  const context = runContext({ ...files, comparesProviders: false, env, interruption, progress: ui });
  return interruption.during(() => changedStacks(context, outdirOf(env), stacks));
}

/** Runs a rehearsal under load, and judges it. */
export async function rehearsal(options: RehearsalOptions) {
  const { delivery, embedded, kind, ui } = options;
  const minuteMs = embedded.time.scaled(MINUTE_SECONDS);
  const { rate = defaultRate(kind, delivery, minuteMs) } = options;
  const folder = mkdtempSync(join(tmpdir(), "codeseries-rehearsal-"));
  try {
    writeApp(folder, options);
    const message = `Rehearse ${kind}`;
    const push = () => pushFolder({ service: delivery.service, branch: delivery.branch, folder, message });
    const { host, url } = await serviceUrl(embedded, delivery);
    const stop = new AbortController();
    const headers: Record<string, string> = host === undefined ? {} : { host };
    const load = startLoad({ url, headers, perSecond: rate, signal: stop.signal });
    const rehearsed = await rehearse({ kind, embedded, delivery, progress: ui, push }).finally(() => {
      stop.abort();
    });
    const { failures, sent } = await load.done;
    const changed = await plans(options);
    const shift = { rate, minuteMs, complete: rehearsed.fullyShifted };
    const outcome = {
      ...rehearsed,
      kind,
      failedActions: failedActions(rehearsed.steps),
      load: { sent, failed: failures.length, causes: causesOf(failures) },
      allowedFailures: allowedFailures(kind, delivery, shift),
      changedStacks: changed,
    };
    return reportOf(outcome, faultsOf(outcome));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
