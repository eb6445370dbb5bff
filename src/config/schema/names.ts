import { z } from "zod";
import { nameRows, templateVariables, type NameScope, type PhysicalName } from "./name-table";

/** A template that contains no variables but those of its scope. */
function template(scope: NameScope) {
  const variables = templateVariables[scope].map((name) => `{${name}}`);
  return z
    .string("text with variables in braces")
    .regex(
      new RegExp(`^([^{}]|${variables.join("|").replaceAll(/[{}]/g, "\\$&")})+$`),
      `a name with no variables but ${variables.join(", ")}`,
    );
}

function section(scopes: readonly NameScope[]) {
  const rows = nameRows.filter(({ configurable, scope }) => configurable && scopes.includes(scope));
  return z.strictObject(
    Object.fromEntries(rows.map(({ name, scope }) => [name, template(scope).optional()])) as Record<
      PhysicalName,
      z.ZodOptional<z.ZodString>
    >,
    {
      error: ({ code }) =>
        code === "unrecognized_keys"
          ? `one of ${rows.map(({ name }) => name).join(", ")}`
          : "a mapping of templates",
    },
  );
}

/** Naming templates for every environment and service. */
export const names = section(["environment", "service", "delivery"]);

/** Naming templates for one service in one environment, such as the names of existing resources. */
export const deliveryNames = section(["delivery"]);
