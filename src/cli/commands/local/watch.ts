import { ExitCode } from "../../../errors";
import { Interruption } from "../../../process/interruption";
import { chosenDelivery } from "../../chosen-delivery";
import { defineCommand } from "../../command";
import { configFileOf } from "../../paths";
import { Screen } from "../../screen";

export const watch = defineCommand({
  name: "watch",
  summary: "shows a release while it runs: stages, task sets, weights, health, requests",
  description: `Shows the release in flight until it is over; if none is in flight, the last one. On a terminal the view is
updated in place; elsewhere each change is a line. A release that failed ends with what AWS says about it.`,
  script: "npm run local -- watch",
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: { next: { description: "waits for the next release if none is in flight" } },
  json: '{ "execution": { "id", "status" }, "stages": [{ "name", "status" }], "groups": [{ "name", "weight", "healthy", "targets", "taskSet" }] }',
  variables: ["CODESERIES_CONFIG", "CODESERIES_LOCAL"],
  exitCodes: {
    failed: "the release did not succeed, or no embedded AWS is running",
    interrupted: "interrupted",
  },
  async run({ args: [service, environment], env, options: { next = false }, ui }) {
    const { loadSystem } = await import("../../../system/load");
    const { runningEmbedded } = await import("../../../local/use/running");
    const { watchRelease } = await import("../../../local/watch/watch");
    const { failureLines } = await import("../../../local/watch/failure");
    const { stateLines, trafficLine } = await import("../../../local/watch/lines");
    const delivery = chosenDelivery(loadSystem(configFileOf(env)).system, service, environment);
    const embedded = runningEmbedded();
    const screen = new Screen(ui);
    const abort = new AbortController();
    const snapshot = await new Interruption(ui).during(() =>
      watchRelease(embedded, delivery, {
        next,
        signal: abort.signal,
        onState: (state, traffic) => {
          screen.show(stateLines(state), trafficLine(state.groups, traffic));
        },
      }),
    );
    screen.clear();
    ui.result(stateLines(snapshot).join("\n"), snapshot);
    const { id, status } = snapshot.execution ?? {};
    if (status === "Succeeded") return ExitCode.done;
    if (id !== undefined) for (const line of await failureLines(embedded, delivery, id)) ui.note(line);
    return ExitCode.failed;
  },
});
