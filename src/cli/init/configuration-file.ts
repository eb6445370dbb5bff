import { parseDocument, visit, type Document } from "yaml";
import { readTemplate } from "../template";
import type { InitValues } from "./options";

/** `codeseries.yaml` with the values in place of `<name>`; what YAML would read as something else is quoted. */
export function configuration(values: InitValues): Document {
  const { port } = values;
  const typed = { ...values, port: /^\d+$/.test(port) ? Number(port) : port };
  const byPlaceholder = new Map(Object.entries(typed).map(([name, value]) => [`<${name}>`, value]));
  const document = parseDocument(readTemplate("init/codeseries.yaml"));
  visit(document, {
    Scalar(_, scalar) {
      scalar.value = byPlaceholder.get(String(scalar.value)) ?? scalar.value;
    },
  });
  return document;
}

/** The text of `codeseries.yaml`. */
export const configurationFile = (values: InitValues) => configuration(values).toString({ lineWidth: 0 });
