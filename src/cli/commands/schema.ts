import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineCommand } from "../command";

export const schema = defineCommand({
  name: "schema",
  summary: "writes the JSON Schema and the reference of codeseries.yaml",
  description: `Writes codeseries.schema.json, with which editors complete and check codeseries.yaml, and
docs/configuration.md, the reference of its keys.`,
  script: "npm run schema",
  arguments: { "[folder]": "where to write; the working directory if left out" },
  options: {
    commands: {
      description: "also writes help, docs/commands.md and review.schema.json, from this version's commands",
    },
  },
  json: '{ "files": [file] }',
  exitCodes: { failed: "the files could not be written" },
  async run({ args: [folder = "."], commands, options: { commands: alsoCommands = false }, ui }) {
    const { jsonSchema, reference } = await import("../../config/reference");
    const pages: Record<string, string> = {
      "codeseries.schema.json": jsonSchema(),
      "docs/configuration.md": reference(),
    };
    if (alsoCommands) {
      const { reviewJsonSchema } = await import("../../review");
      const { commandsPage, overview } = await import("../help/pages");
      Object.assign(pages, { help: overview(commands), "docs/commands.md": commandsPage(commands) });
      pages["review.schema.json"] = reviewJsonSchema();
    }
    const files = Object.entries(pages).map(([name, text]) => {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    });
    ui.result(files.join("\n"), { files });
  },
});
