import { existsSync, readFileSync } from "node:fs";
import { DEPLOY_LOG, EMULATOR_LOG, localFile } from "../../../local/folder";
import { defineCommand } from "../../command";

const shown = (file: string) =>
  `==> ${file} <==\n${existsSync(file) ? readFileSync(file, "utf8").trimEnd() : "(empty)"}`;

export const logs = defineCommand({
  name: "logs",
  summary: "prints the logs of the embedded AWS and of the last deployment",
  script: "npm run local -- logs",
  json: '{ "emulator": file, "deployment": file }',
  variables: ["CODESERIES_LOCAL"],
  run({ ui }) {
    const [emulator, deployment] = [localFile(EMULATOR_LOG), localFile(DEPLOY_LOG)];
    ui.result([emulator, deployment].map(shown).join("\n"), { emulator, deployment });
    return Promise.resolve();
  },
});
