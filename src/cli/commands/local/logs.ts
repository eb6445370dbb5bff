import { DEPLOY_LOG, EMULATOR_LOG, localFile } from "../../../local/folder";
import { defineCommand } from "../../command";

export const logs = defineCommand({
  name: "logs",
  summary: "prints the logs of the embedded AWS and of the last deployment",
  script: "npm run local -- logs",
  json: '{ "emulator": file, "deployment": file }',
  variables: ["CODESERIES_LOCAL"],
  async run({ ui }) {
    const { showLogs } = await import("../../../local/status");
    const lines: string[] = [];
    showLogs((text) => lines.push(text));
    ui.result(lines.join("\n"), { emulator: localFile(EMULATOR_LOG), deployment: localFile(DEPLOY_LOG) });
  },
});
