import { basename, dirname } from "node:path";
import { defineCommand } from "../command";

export const synth = defineCommand({
  name: "synth",
  summary: "writes the Terraform JSON of every stack",
  description: `Writes Terraform JSON from codeseries.yaml: one folder for each stack, in cdktf.out/stacks/.
Stacks that the configuration no longer has are removed. In the folders of the others, what Terraform
wrote is kept. If the configuration has faults, nothing is written.`,
  script: "npm run synth",
  options: { stack: { value: "<name>", description: "synthesizes only this stack, and leaves the others" } },
  json: '{ "outdir": folder, "stacks": { name: file } }',
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR"],
  exitCodes: { failed: "the files could not be written" },
  async run({ env, options: { stack }, ui }) {
    const { synthesizeConfiguration } = await import("../synth");
    const { files, outdir, warnings } = synthesizeConfiguration(env, stack);
    ui.configurationWarnings(warnings);
    const stacks = Object.fromEntries(files.map((file) => [basename(dirname(file)), file]));
    ui.result(files.join("\n"), { outdir, stacks });
  },
});
