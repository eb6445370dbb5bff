import { Document, isScalar, Scalar, visit } from "yaml";
import { IMAGE_PLACEHOLDER } from "../task-definition";
import { TASK_DEFINITION_PLACEHOLDER } from "../app-spec";
import type { PlaceholderValues } from "../build-script";

/** A placeholder for a whole value, which is JSON: `<NAME>` without quotes. */
export class Placeholder {
  constructor(private readonly name: string) {}

  public toJSON(): string {
    return `${RAW}<${this.name}>${RAW}`;
  }
}

/** Marks in texts that no configuration contains: around a placeholder without quotes, and for its bracket in a text. */
const RAW = "\uE000";
const BRACKET = "\uE001";

/** The variables that names are made of. The longer value first: an environment's name may be a part of a service's. */
const IN_TEXTS = ["ACCOUNT_NO", "AWS_REGION", "APPLICATION_NAME", "ENVIRONMENT"] as const;

/** A text with placeholders that gives each value with its facts; undefined if there is none. */
export function templateOf(
  values: readonly { readonly value: string; readonly facts: PlaceholderValues }[],
): string | undefined {
  const [first] = values;
  if (!first) return undefined;
  // An organization may be called like an environment: then the text has no placeholder for it.
  for (const names of [IN_TEXTS, IN_TEXTS.slice(0, 3), IN_TEXTS.slice(0, 2), []]) {
    const [template, ...others] = values.map(({ value, facts }) => withPlaceholders(value, names, facts));
    if (others.every((other) => other === template)) return template;
  }
  return undefined;
}

function withPlaceholders(
  value: string,
  names: readonly (keyof PlaceholderValues)[],
  facts: PlaceholderValues,
): string {
  let text = value;
  for (const name of names) {
    const whole = new RegExp(`(?<![A-Za-z0-9])${escapeRegExp(facts[name])}(?![A-Za-z0-9])`, "g");
    text = text.replace(whole, `${BRACKET}${name}>`);
  }
  return text;
}

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const unmark = (text: string) =>
  text.replaceAll(BRACKET, "<").replace(new RegExp(`"?${RAW}(<\\w+>)${RAW}"?`, "g"), "$1");

/** JSON with one value in each line. The deploy action replaces text: nothing but placeholders has a `<`. */
export function jsonFile(content: unknown): string {
  const escape = (text: string) => text.replace(/(?<!\uE000)</g, "\\u003c");
  const image = `"image": "${IMAGE_PLACEHOLDER}"`;
  return unmark(`${escape(JSON.stringify(content, null, 2)).replace(escape(image), image)}\n`);
}

/** YAML in which a text with a placeholder has quotes, whatever its value will be. */
export function yamlFile(content: unknown): string {
  const document = new Document(JSON.parse(JSON.stringify(content)));
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === "string" && node.value.includes(BRACKET))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return unmark(document.toString({ lineWidth: 0 })).replaceAll(
    JSON.stringify(TASK_DEFINITION_PLACEHOLDER),
    TASK_DEFINITION_PLACEHOLDER,
  );
}
