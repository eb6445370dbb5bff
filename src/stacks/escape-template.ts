/**
 * Text without Terraform templates: Terraform reads `${` and `%{` in any string as the start of one.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export const escapeTemplate = (text: string) => text.replaceAll(/[$%](?=\{)/g, "$&$&");

/** A mapping with every value escaped. */
export const escapeTemplates = (mapping: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, escapeTemplate(value)]));
