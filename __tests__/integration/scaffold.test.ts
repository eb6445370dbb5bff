import { fc } from "../support/fast-check";
import { parse } from "yaml";
import { appSpec } from "../../src/delivery/app-spec";
import { FILLED } from "../../src/delivery/build-script";
import { commonDocument, type OwnDocument } from "../../src/delivery/scaffold/common-document";
import { jsonFile, yamlFile } from "../../src/delivery/scaffold/placeholders";
import { taskDefinition } from "../../src/delivery/task-definition";
import { appSpecOf, placeholderValuesOf, taskDefinitionOf } from "../../src/stacks/delivered";
import { systemOf, type Delivery } from "../../src/system/system";
import { parseConfig } from "../../src/config/parse";
import { ordered } from "../support/ordered";
import { validContent } from "../support/arbitrary-config";

/** What the command fill of a scaffolded buildspec does. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce(
    (filledSoFar, [name, value]) =>
      value === ""
        ? filledSoFar.replace(new RegExp(`^.*<${name}>.*\n`, "gm"), "")
        : filledSoFar.replaceAll(`<${name}>`, () => value),
    text,
  );
}

/** The file of each environment, filled. */
function files(documents: readonly OwnDocument[], write: (content: unknown) => string): string[] {
  const { content, values } = commonDocument(documents, "TASK");
  const text = write(content);
  return documents.map(({ facts }, index) =>
    filled(text, {
      ...Object.fromEntries(FILLED.map((name) => [name, facts[name]])),
      ...Object.fromEntries([...values].map(([name, own]) => [name, own[index] ?? ""])),
    }),
  );
}

const documentsOf = (deliveries: readonly Delivery[], content: (delivery: Delivery) => unknown) =>
  deliveries.map((delivery) => ({ facts: placeholderValuesOf(delivery), content: content(delivery) }));

it("one file for all environments gives each environment its own, whatever the configuration", () => {
  fc.assert(
    fc.property(validContent, (content) => {
      const { config } = parseConfig(content);
      if (!config) throw new Error("the configuration is valid");
      const { deliveries, services } = systemOf(config);
      for (const { name } of services) {
        const own = deliveries.filter(({ service }) => service.name === name);
        const tasks = files(
          documentsOf(own, (delivery) => taskDefinition(taskDefinitionOf(delivery))),
          jsonFile,
        );
        const specs = files(
          documentsOf(own, (delivery) => appSpec(appSpecOf(delivery))),
          yamlFile,
        );
        own.forEach((delivery, index) => {
          const expected: unknown = JSON.parse(JSON.stringify(taskDefinition(taskDefinitionOf(delivery))));
          expect(ordered(JSON.parse(tasks[index] ?? ""))).toEqual(ordered(expected));
          expect(parse(specs[index] ?? "")).toEqual(appSpec(appSpecOf(delivery)));
          expect(tasks[index]?.match(/<[A-Z][A-Z0-9_]*>/g)).toEqual(["<IMAGE1_NAME>"]);
        });
      }
    }),
  );
});
