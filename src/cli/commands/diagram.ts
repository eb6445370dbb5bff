import { InputError } from "../../errors";
import { defineCommand } from "../command";
import { outdirOf } from "../paths";
import { readTemplate } from "../template";

export const diagram = defineCommand({
  name: "diagram",
  summary: "draws the accounts, the stacks and the deliveries as SVG",
  description: `Draws the stacks in cdktf.out, which npx codeseries synth wrote: each account with its stacks, from the
repository to the service that runs, and what one stack takes from another. It prints SVG for light and dark pages.`,
  json: `{ "accounts": [{ "id", "name", "stacks": [{ "name", "nodes" }] }], "outside": [node], "edges": [{ "from", "to",
"label", "crosses" }] }`,
  variables: ["CDKTF_OUTDIR"],
  examples: ["npx codeseries diagram > architecture.svg"],
  async run({ env, ui }) {
    const { readStacks } = await import("../../synthesis/read-stacks");
    const { diagramOf, drawDiagram } = await import("../../diagram");
    const outdir = outdirOf(env);
    const stacks = readStacks(outdir);
    if (!stacks) throw new InputError(`${outdir}: no stacks`, "to write them: npx codeseries synth");
    const drawn = diagramOf(stacks);
    ui.result(ui.options().json ? "" : await drawDiagram(drawn, readTemplate("diagram.css")), drawn);
  },
});
