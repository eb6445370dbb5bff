import { ExitCode } from "../../../errors";
import { Interruption } from "../../../process/interruption";
import { chosenDelivery } from "../../chosen-delivery";
import { defineCommand } from "../../command";
import { configFileOf } from "../../paths";
import { Screen } from "../../screen";

export const watch = defineCommand({
  name: "watch",
  summary: "shows a release while it runs: stages, task sets, weights, health, requests",
  description: `Shows the release in flight, or the next one, until it is over. On a terminal the view is updated in place;
elsewhere each change is a line.`,
  script: "npm run local -- watch",
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  json: '{ "execution": { "id", "status" }, "stages": [{ "name", "status" }], "groups": [{ "name", "weight", "healthy", "targets", "taskSet" }] }',
  variables: ["CODESERIES_CONFIG", "CODESERIES_LOCAL"],
  exitCodes: {
    failed: "the release did not succeed, or no embedded AWS is running",
    interrupted: "interrupted",
  },
  async run({ args: [service, environment], env, ui }) {
    const { loadSystem } = await import("../../../system/load");
    const { runningEmbedded } = await import("../../../local/use/running");
    const { watchRelease } = await import("../../../local/watch/watch");
    const { stateLines, trafficLine } = await import("../../../local/watch/lines");
    const delivery = chosenDelivery(loadSystem(configFileOf(env)).system, service, environment);
    const embedded = runningEmbedded();
    const screen = new Screen(ui);
    const abort = new AbortController();
    const snapshot = await new Interruption(ui).during(() =>
      watchRelease(embedded, delivery, {
        signal: abort.signal,
        onState: (state, traffic) => {
          screen.show(stateLines(state), trafficLine(state.groups, traffic));
        },
      }),
    );
    ui.result(stateLines(snapshot).join("\n"), snapshot);
    return snapshot.execution?.status === "Succeeded" ? ExitCode.done : ExitCode.failed;
  },
});
