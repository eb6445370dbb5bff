/**
 * Text as it stands: Terraform would read `${` and `%{` in any string as the start of a template.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export const literal = (text: string) => text.replaceAll(/[$%](?=\{)/g, "$&$&");

/** Every value of a mapping as it stands. */
export const literals = (mapping: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, literal(value)]));
