import { asUserError, ExitCode, InputError } from "../../errors";
import { chosenDeliveries } from "../chosen-delivery";
import { defineCommand } from "../command";
import { OPERATED, operatedSystem } from "../operate/operated";
import { Screen } from "../screen";

/** Milliseconds between two readings with --watch. */
const INTERVAL = 5_000;

export const status = defineCommand({
  name: "status",
  summary: "shows what runs where: version, health, traffic, release, alarms",
  description: `A row for each service in each environment: the image and the commit that its tasks run, who made the commit
and when, healthy and desired tasks, the traffic of its two target groups, a release in flight with its step, the
age of the last release that succeeded, and alarms. Below are things that a person should know, such as an image
that ECR no longer has. The policies for readers allow everything that it reads.`,
  arguments: { "[service]": "all if left out", "[environment]": "all if left out" },
  options: { ...OPERATED, watch: { description: "reads again every five seconds until Ctrl-C" } },
  json: `[{ "service", "environment", "state": "absent|placeholder|released|unreadable", "digests", "commit": { "id", "message", "author", "time" },
  "taskDefinition", "tasks": { "healthy", "running", "desired" }, "traffic": { "blue", "green" },
  "release": { "execution", "deployment", "step", "since" }, "lastGood": { "deployment", "time" },
  "alarms": { state: [name] }, "flags": [{ "kind", "text" }] }]`,
  variables: ["CODESERIES_CONFIG"],
  exitCodes: { failed: "a service cannot be read" },
  examples: ["npx codeseries status", "npx codeseries status awssdk-iam dev --json"],
  async run({ args: [service, environment], env, options: { profile, watch = false }, ui }) {
    const { readStatus } = await import("../../operate/status/read");
    const { statusLines } = await import("../../operate/status/lines");
    const { clientsOf, system } = await operatedSystem(env, profile);
    const deliveries = chosenDeliveries(system, service, environment);
    const read = async () => {
      const statuses = await readStatus(clientsOf, deliveries);
      return { statuses, text: statusLines(statuses, new Date()) };
    };
    if (watch && ui.options().json) throw new InputError("expected one of --watch and --json, got both");
    const screen = new Screen(ui);
    while (watch) {
      // The next reading can succeed.
      const text = await read().then(
        (one) => one.text,
        (error: unknown) => asUserError(error)?.message ?? String(error),
      );
      screen.show(text.split("\n"), new Date().toLocaleTimeString());
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
    const { statuses, text } = await read();
    ui.result(text, statuses);
    return statuses.some(({ state }) => state === "unreadable") ? ExitCode.failed : ExitCode.done;
  },
});
