import { chosenDelivery } from "../../chosen-delivery";
import { defineCommand } from "../../command";
import { configFileOf } from "../../paths";

export const open = defineCommand({
  name: "open",
  summary: "prints the URL of a service on 127.0.0.1",
  script: "npm run local -- open",
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: { test: { description: "the URL behind the test listener, which reaches green first" } },
  json: '{ "url": URL, "host": the host that a request must name, or null }',
  variables: ["CODESERIES_CONFIG", "CODESERIES_LOCAL"],
  exitCodes: { failed: "no embedded AWS is running" },
  examples: ["npx codeseries local open awssdk-iam dev"],
  async run({ args: [service, environment], env, options: { test = false }, ui }) {
    const { loadSystem } = await import("../../../system/load");
    const { runningEmbedded } = await import("../../../local/use/running");
    const { serviceUrl } = await import("../../../local/use/service-url");
    const { system } = loadSystem(configFileOf(env));
    const delivery = chosenDelivery(system, service, environment);
    const { host, url } = await serviceUrl(runningEmbedded(), delivery, test ? "test" : "production");
    if (host !== undefined) ui.note(`A request must name the host: curl --header 'Host: ${host}' ${url}`);
    ui.result(url, { url, host: host ?? null });
  },
});
