import { existsSync, readFileSync } from "node:fs";
import { DEPLOY_LOG, EMULATOR_LOG, localFile } from "../../../local/folder";
import { logOf } from "../../../local/processes/start";
import { defineCommand } from "../../command";

const shown = (file: string) =>
  `==> ${file} <==\n${existsSync(file) ? readFileSync(file, "utf8").trimEnd() : "(empty)"}`;

export const logs = defineCommand({
  name: "logs",
  summary: "prints the logs of the embedded AWS, its processes and the last deployment",
  script: "npm run local -- logs",
  json: '{ "emulator": file, "deployment": file, "controllers": file, "loadBalancer": file }',
  variables: ["CODESERIES_LOCAL"],
  run({ ui }) {
    const [emulator, deployment] = [localFile(EMULATOR_LOG), localFile(DEPLOY_LOG)];
    const [controllers, loadBalancer] = [logOf("controllers"), logOf("load-balancer")];
    const files = { emulator, deployment, controllers, loadBalancer };
    ui.result(Object.values(files).map(shown).join("\n"), files);
    return Promise.resolve();
  },
});
