import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFile } from "../process/package-file";

/** The text of a file of `templates`. */
export const readTemplate = (name: string) => readFileSync(packageFile(join("templates", name)), "utf8");

/** A text with values in place of `{name}`. */
export const filled = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
